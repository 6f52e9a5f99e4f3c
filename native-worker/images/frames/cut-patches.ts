import { dirname } from 'node:path'
import type PQueue from 'p-queue'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { Fit } from '../../../contract/dataset.ts'
import type { CutPatches } from '../../../contract/frame-images.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { imageFile, incomingFolder } from '../../files/project-paths.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import { ContentStore } from '../content-store.ts'
import { asDecoderRefusal } from './decoder-refusal.ts'
import { colourspaceOf, openFrame, scaleFor, toEightBits } from './frame-pixels.ts'
import type { GreyScale } from './frame-pixels.ts'
import { openView, prepareFrame, readView } from './prepare-frame.ts'
import type { FrameSource } from './prepare-frame.ts'
import { readFrameHeader } from './read-frame-header.ts'
import { refusalAnswer } from './refusal-answer.ts'

interface CutRequest extends FrameSource {
  readonly windows: readonly { readonly window: SourceRectangle; readonly fit: Fit }[]
  readonly size: number
  readonly picturesFolder: string
}

/** Smaller frames are decoded into memory: faster than laying them aside. */
const maxPixelsInMemory = 24_000_000
const resizeModes = { crop: 'cover', letterbox: 'contain', stretch: 'fill' } as const

/**
 * Cuts windows out of a frame and brings each to the project's size; all of them are safely on disk when this returns. Equal pixels
 * give equal bytes, whatever the frame's format. Throws where the disk fails.
 */
export async function cutPatches(request: CutRequest, queue: PQueue): Promise<CutPatches> {
  const { windows, size, channels, picturesFolder } = request
  const store = new ContentStore(incomingFolder(dirname(picturesFolder)))
  try {
    const { open, grey } = await openForCutting(request)
    const patches = await Promise.all(
      windows.map(({ window, fit }) =>
        queue.add(async () => {
          const png = await open()
            .extract({ left: window.x, top: window.y, width: window.width, height: window.height })
            .resize(size, size, { fit: resizeModes[fit], background: '#000' })
            .toColourspace(colourspaceOf({ bits: 8, channels }))
            .png({ compressionLevel: 6, adaptiveFiltering: false, palette: false })
            .toBuffer()
          const sha256 = sha256Of(png)
          await store.add(imageFile(picturesFolder, sha256), png)
          return { sha256, sizeBytes: png.length }
        }),
      ),
    )
    await store.commit()
    return { ok: true, patches, grey }
  } catch (thrown) {
    await store.discard()
    return refusalAnswer(thrown)
  }
}

interface Cuttable {
  readonly open: () => Sharp
  readonly grey: GreyScale
}

export async function openForCutting(source: FrameSource): Promise<Cuttable> {
  const header = await readFrameHeader(source.file)
  const known = await readView(source)
  if (known !== null || header.width * header.height > maxPixelsInMemory) {
    const { file, grey } = known ?? (await prepareFrame(source))
    return { open: () => openView(file), grey }
  }
  try {
    const { channels } = source
    const pixels = await openFrame(source.file, { header, channels })
    if (header.bits === 8) return { open: await inMemory(pixels), grey: null }
    const { data, info } = await pixels.raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true })
    const values = new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
    const high = scaleFor(values.reduce((most, value) => Math.max(most, value), 0))
    const raw = { width: info.width, height: info.height, channels: info.channels }
    const eight = toEightBits(sharp(values, { raw }).toColourspace(colourspaceOf({ bits: 16, channels })), {
      high,
      channels,
    })
    return { open: await inMemory(eight), grey: high === 65_535 ? null : { low: 0, high } }
  } catch (thrown) {
    throw asDecoderRefusal(thrown)
  }
}

async function inMemory(pixels: Sharp): Promise<() => Sharp> {
  const { data, info } = await pixels.raw().toBuffer({ resolveWithObject: true })
  return () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}
