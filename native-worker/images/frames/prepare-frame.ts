import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import * as v from 'valibot'
import { GreyScale as GreyScaleSchema } from '../../../contract/frame-images.ts'
import type { FrameLevel } from '../../../contract/large-frames.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { Channels } from '../../../contract/project.ts'
import { unfinishedFile } from '../../files/unfinished-files.ts'
import { buildWhole, writeWhole } from '../../files/write-whole.ts'
import { asDecoderRefusal } from './decoder-refusal.ts'
import { colourspaceOf, openFrame, scaleFor, toEightBits } from './frame-pixels.ts'
import type { GreyScale } from './frame-pixels.ts'
import { readFrameHeader } from './read-frame-header.ts'
import type { FrameHeader } from './read-frame-header.ts'
import { trimFolder } from './trim-folder.ts'

export interface FrameSource {
  readonly file: string
  readonly sha256: Sha256
  readonly channels: Channels
  readonly viewsFolder: string
}

/** A frame as an uncompressed file of small tiles in halving sizes: any part of it is read in milliseconds. */
export interface FrameView {
  readonly file: string
  readonly levels: readonly FrameLevel[]
  readonly grey: GreyScale
}

/** Three frames of 20,000 × 20,000 in colour, or nine in grey. */
const maxViewBytes = 5_000_000_000

const Description = v.strictObject({
  levels: v.array(v.strictObject({ width: v.number(), height: v.number() })),
  grey: GreyScaleSchema,
})

const tiled = { tile: true, tileWidth: 256, tileHeight: 256, compression: 'none', bigtiff: true } as const
const underWay = new Map<string, Promise<FrameView>>()

/** The view of a frame, made unless it is there. Throws `FileRefusal`, and what the disk says. */
export function prepareFrame(source: FrameSource): Promise<FrameView> {
  const file = viewFile(source)
  const known = underWay.get(file)
  if (known !== undefined) return known
  const making = readView(source)
    .then((view) => view ?? makeView(source))
    .finally(() => underWay.delete(file))
  underWay.set(file, making)
  return making
}

const viewFile = ({ viewsFolder, sha256, channels }: FrameSource): string =>
  join(viewsFolder, `${sha256}-${channels}.tif`)
const descriptionFile = (source: FrameSource): string => `${viewFile(source)}.json`

/** Null where it was not made, or was taken out of the cache. */
export async function readView(source: FrameSource): Promise<FrameView | null> {
  const file = viewFile(source)
  if (!existsSync(file)) return null
  try {
    const parsed = v.safeParse(Description, JSON.parse(await readFile(descriptionFile(source), 'utf8')))
    return parsed.success ? { file, ...parsed.output } : null
  } catch (thrown) {
    if (thrown instanceof SyntaxError || (thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}

async function makeView(source: FrameSource): Promise<FrameView> {
  const { channels, viewsFolder } = source
  const file = viewFile(source)
  await trimFolder(viewsFolder, { maxBytes: maxViewBytes })
  const header = await readFrameHeader(source.file)
  let grey: GreyScale = null
  await buildWhole(file, async (unfinished) => {
    try {
      if (header.bits === 8) await writePyramid(await openFrame(source.file, { header, channels }), unfinished)
      else grey = await writeFromSixteenBits(source, { header, unfinished })
    } catch (thrown) {
      throw asDecoderRefusal(thrown)
    }
  })
  const levels = await levelsOf(file)
  await writeWhole(descriptionFile(source), JSON.stringify({ levels, grey }))
  return { file, levels, grey }
}

const writePyramid = (pixels: Sharp, file: string): Promise<unknown> =>
  pixels.tiff({ ...tiled, pyramid: true }).toFile(file)

/** The largest value decides the scale, and is known only when everything was read: the frame is laid aside once. */
async function writeFromSixteenBits(
  { file, channels }: FrameSource,
  { header, unfinished }: { readonly header: FrameHeader; readonly unfinished: string },
): Promise<GreyScale> {
  const aside = unfinishedFile(unfinished)
  try {
    await (await openFrame(file, { header, channels })).tiff(tiled).toFile(aside)
    const high = scaleFor(await brightestOf(aside, { header, channels }))
    await writePyramid(toEightBits(openView(aside), { high, channels }), unfinished)
    return high === 65_535 ? null : { low: 0, high }
  } finally {
    await rm(aside, { force: true })
  }
}

const rowsAtOnce = 256

async function brightestOf(
  file: string,
  { header: { width, height }, channels }: { readonly header: FrameHeader; readonly channels: Channels },
): Promise<number> {
  let brightest = 0
  for (let top = 0; top < height; top += rowsAtOnce) {
    const strip = await openView(file)
      .extract({ left: 0, top, width, height: Math.min(rowsAtOnce, height - top) })
      .toColourspace(colourspaceOf({ bits: 16, channels }))
      .raw({ depth: 'ushort' })
      .toBuffer()
    const values = new Uint16Array(strip.buffer, strip.byteOffset, strip.length / 2)
    for (const value of values) if (value > brightest) brightest = value
  }
  return brightest
}

/** A picture that was made here, to be read anywhere. */
export const openView = (file: string, level = 0): Sharp => sharp(file, { limitInputPixels: false, page: level })

async function levelsOf(file: string): Promise<readonly FrameLevel[]> {
  const { pages = 1 } = await openView(file).metadata()
  const levels: FrameLevel[] = []
  for (let level = 0; level < pages; level++) {
    const { width, height } = await openView(file, level).metadata()
    levels.push({ width, height })
  }
  return levels
}
