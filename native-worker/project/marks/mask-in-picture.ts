import type { Fitted } from '../../../contract/fitted-picture.ts'
import { toPicture } from '../../../contract/fitted-picture.ts'
import { stretchesOf } from '../../../contract/mark-shapes.ts'
import type { MarkShape } from '../../../contract/marks.ts'

/** Around every mark, pixels of the picture: what a defect does to its surroundings belongs to it, and people draw tightly. */
const margin = 2

/** Where the marks lie in the fitted picture: uint8 [size, size], 1 inside or next to one. Parts that were cropped away are not in there. */
export function maskInPicture(shapes: readonly MarkShape[], fitted: Fitted): Uint8Array {
  const { size } = fitted
  const mask = new Uint8Array(size * size)
  const fill = (rectangle: { x: number; y: number; width: number; height: number }): void => {
    const shown = toPicture(rectangle, fitted)
    if (shown === null) return
    const left = Math.max(0, shown.x - margin)
    const right = Math.min(size, shown.x + shown.width + margin)
    const bottom = Math.min(size, shown.y + shown.height + margin)
    for (let row = Math.max(0, shown.y - margin); row < bottom; row++)
      mask.fill(1, row * size + left, row * size + right)
  }
  for (const shape of shapes) {
    if (shape.kind === 'rectangle') fill(shape)
    else for (const { x, y, end } of stretchesOf(shape)) fill({ x, y, width: end - x, height: 1 })
  }
  return mask
}
