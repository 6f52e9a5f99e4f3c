import { writeFile, readFile } from 'node:fs/promises'
import type { ImageData, PngDataArray } from 'fast-png'
import { decode, encode } from 'fast-png'
import type { Sha256 } from '../../contract/ids.ts'
import type { Snapshot } from '../../contract/training.ts'
import { imageFile } from '../files/project-paths.ts'

const framesShown = 6
const samplesARow = 4
const gapPixels = 4
const backgroundGrey = 245

interface Frame {
  readonly data: PngDataArray
  readonly channels: number
  /** Pixels per sample edge. */
  readonly size: number
  readonly rows: number
  readonly sheetWidth: number
}

/**
 * From noise to now: the same latents at up to six moments of a run, left to right; one row a class.
 * @returns the file written.
 */
export async function writeFilmstrip({
  snapshots,
  imagesFolder,
  file,
}: {
  snapshots: readonly Snapshot[]
  imagesFolder: string
  file: string
}): Promise<string> {
  const chosen = pickEvenly(snapshots, framesShown)
  const frames = await Promise.all(chosen.map((snapshot) => readFrame({ snapshot, imagesFolder })))
  const [first] = frames
  if (first === undefined) return file
  const frameWidth = samplesARow * first.size
  const width = frames.length * frameWidth + (frames.length - 1) * gapPixels
  const height = first.rows * first.size
  const strip = new Uint8Array(width * height * first.channels).fill(backgroundGrey)
  frames.forEach((frame, index) => {
    const left = index * (frameWidth + gapPixels)
    for (let y = 0; y < height; y += 1) {
      const from = y * frame.sheetWidth * frame.channels
      const line = frame.data.subarray(from, from + frameWidth * frame.channels)
      strip.set(line, (y * width + left) * first.channels)
    }
  })
  const image: ImageData = { data: strip, width, height, channels: first.channels, depth: 8 }
  await writeFile(file, encode(image))
  return file
}

async function readFrame({ snapshot, imagesFolder }: { snapshot: Snapshot; imagesFolder: string }): Promise<Frame> {
  const sheet: Sha256 = snapshot.sheet
  const { data, channels, width, height } = decode(await readFile(imageFile(imagesFolder, sheet)))
  return { data, channels, size: Math.round(height / snapshot.rows), rows: snapshot.rows, sheetWidth: width }
}

/** The first, the last and what lies evenly between. */
function pickEvenly<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]).filter(
    (item): item is Item => item !== undefined,
  )
}
