import { encode } from 'fast-png'
import { stretchesOf } from '../../../../contract/mark-shapes.ts'
import type { MarkableImage } from '../../../../contract/marks.ts'
import { maskPlace } from '../mask-place.ts'
import type { ExportedDocument, MarksToWrite } from './written-marks.ts'

/**
 * A mask for each image, as large as its source, or as what a patch shows of its frame: 255 inside the marks, 0 outside. One at a time: a
 * large one takes megabytes.
 */
export function* writePng({ images }: MarksToWrite): Generator<ExportedDocument> {
  for (const { image, labelName } of images) yield { path: `${labelName}.png`, contents: maskPng(image) }
}

function maskPng({ marks, fitted, ...image }: MarkableImage): Uint8Array {
  const place = maskPlace({ ...image, shown: fitted.shown })
  const { width, height } = place
  const data = new Uint8Array(width * height)
  for (const { shape } of marks)
    for (const { y, x, end } of stretchesOf(shape)) {
      const row = y - place.y
      if (row < 0 || row >= height) continue
      const within = (value: number): number => row * width + Math.min(width, Math.max(0, value - place.x))
      data.fill(255, within(x), within(end))
    }
  return encode({ width, height, data, channels: 1, depth: 8 })
}
