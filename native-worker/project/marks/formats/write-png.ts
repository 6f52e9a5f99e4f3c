import { encode } from 'fast-png'
import { stretchesOf } from '../../../../contract/mark-shapes.ts'
import type { MarkableImage } from '../../../../contract/marks.ts'
import type { ExportedDocument, MarksToWrite } from './written-marks.ts'

/** A mask for each image, as large as its source: 255 inside the marks, 0 outside. One at a time: a large one takes megabytes. */
export function* writePng({ images }: MarksToWrite): Generator<ExportedDocument> {
  for (const { image, labelName } of images) yield { path: `${labelName}.png`, contents: maskPng(image) }
}

function maskPng({ marks, sourceWidth: width, sourceHeight: height }: MarkableImage): Uint8Array {
  const data = new Uint8Array(width * height)
  for (const { shape } of marks)
    for (const { y, x, end } of stretchesOf(shape)) data.fill(255, y * width + x, y * width + end)
  return encode({ width, height, data, channels: 1, depth: 8 })
}
