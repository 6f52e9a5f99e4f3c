import { photograph } from './drawing/photograph.ts'
import type { Family } from './family.ts'
import { colourIn } from './scene/colour-in.ts'
import { reduce, workingSizeOf } from './scene/working-size.ts'

export interface PictureRequest {
  /** From 0. */
  readonly index: number
  /** Pixels per edge: 16 to 256. */
  readonly size: number
  readonly channels: 1 | 3
  /** The same picture without its defect; its mask is empty. */
  readonly isFlawless?: boolean
}

export interface Picture {
  /** [size, size, channels] */
  readonly pixels: Uint8Array
  /** How much of each pixel is the defect: 0 … 1; [size, size] */
  readonly mask: Float32Array
}

/**
 * One picture of a family; equal arguments give equal bytes, and a larger size the same scene with more detail. The arithmetic is
 * that of IEEE 754 and of the JavaScript engine's own exp, sin and cos, which do not depend on the processor: another engine may
 * round the last bit otherwise, and a pixel here and there by one.
 * @throws RangeError for a size that is not a whole number of 16 … 256 pixels
 */
export function drawPicture(family: Family, { index, size, channels, isFlawless = false }: PictureRequest): Picture {
  const drawing = family.draw({ index, size: workingSizeOf(size), isFlawless })
  const brightness = reduce(drawing.brightness, size)
  const mask = reduce(drawing.mask, size)
  const pixels = photograph(channels === 1 ? brightness : colourIn(brightness, { mask, tint: family.tint }), {
    random: family.chance(index, 'grain'),
    grain: family.grain,
  })
  return { pixels, mask: Float32Array.from(mask.values) }
}
