import * as v from 'valibot'
import type { Fit } from './dataset.ts'

const pixel = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31))

/** A part of a source image in whole pixels of the image standing upright (its EXIF orientation applied), from its upper left corner. */
export const SourceRectangle = v.strictObject({
  x: pixel,
  y: pixel,
  width: v.pipe(pixel, v.minValue(1)),
  height: v.pipe(pixel, v.minValue(1)),
})
export type SourceRectangle = v.InferOutput<typeof SourceRectangle>

/** What of an image of that size its fitted picture shows: the middle square where it is cropped, else all of it. */
export function shownRectangle({
  width,
  height,
  fit,
}: {
  readonly width: number
  readonly height: number
  readonly fit: Fit
}): SourceRectangle {
  if (fit !== 'crop') return { x: 0, y: 0, width, height }
  const side = Math.min(width, height)
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side }
}

/** How much of its longer side an image of that size loses where it becomes square: 0…1. */
export function shareLost({
  width,
  height,
  fit,
}: {
  readonly width: number
  readonly height: number
  readonly fit: Fit
}): number {
  const shown = shownRectangle({ width, height, fit })
  return 1 - Math.min(shown.width / width, shown.height / height)
}

/** Losing more than this of the longer side is worth a word. */
export const shareWorthAWord = 0.5
