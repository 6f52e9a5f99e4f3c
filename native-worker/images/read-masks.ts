import { readFile, stat } from 'node:fs/promises'
import type PQueue from 'p-queue'
import sharp from 'sharp'
import type { ReadMask } from '../../contract/images.ts'
import { maxDetailLength } from '../../contract/images.ts'
import { runsOfPixels } from '../../contract/mask-runs.ts'
import { maxPixels } from './max-pixels.ts'

const maxFileBytes = 200_000_000
/** More say that this is a picture and no mask. */
const maxRuns = 200_000
const timeoutSeconds = 60

/** Whatever is not black is a defect: masks hold 255, or the number of a kind of defect. One answer a file, in order. */
export const readMasks = (files: readonly string[], queue: PQueue): Promise<ReadMask[]> =>
  Promise.all(files.map((file) => queue.add(() => readMask(file))))

async function readMask(file: string): Promise<ReadMask> {
  try {
    const { size } = await stat(file)
    if (size > maxFileBytes) return refusal(`a file of ${size} bytes`)
    const source = sharp(await readFile(file), { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true })
    const { hasAlpha, depth } = await source.metadata()
    const sample = depth === 'uchar' ? { depth: 'uchar', bytes: 1 } : { depth: 'ushort', bytes: 2 }
    const { data, info } = await (hasAlpha ? source.flatten({ background: '#000' }) : source)
      .raw({ depth: sample.depth as 'uchar' | 'ushort' })
      .timeout({ seconds: timeoutSeconds })
      .toBuffer({ resolveWithObject: true })
    const { width, height, channels } = info
    const pixelBytes = channels * sample.bytes
    const pixels = new Uint8Array(width * height)
    for (let at = 0; at < data.length; at++) if (data[at] !== 0) pixels[Math.floor(at / pixelBytes)] = 1
    const runs = runsOfPixels(pixels)
    return runs.length > maxRuns
      ? refusal(`${runs.length} separate stretches: a photograph, not a mask`)
      : { ok: true, width, height, runs }
  } catch (thrown) {
    return refusal((thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0] ?? '')
  }
}

const refusal = (detail: string): ReadMask => ({ ok: false, detail: detail.slice(0, maxDetailLength) })
