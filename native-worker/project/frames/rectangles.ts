import type { SourceRectangle } from '../../../contract/source-rectangle.ts'

/** They share a pixel. */
export const touches = (a: SourceRectangle, b: SourceRectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** The pixels that both hold; they must share one. */
export function overlapOf(a: SourceRectangle, b: SourceRectangle): SourceRectangle {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  return {
    x,
    y,
    width: Math.min(a.x + a.width, b.x + b.width) - x,
    height: Math.min(a.y + a.height, b.y + b.height) - y,
  }
}
