import type { SourceRectangle } from '../../../contract/source-rectangle.ts'

/** They share a pixel. */
export const touches = (a: SourceRectangle, b: SourceRectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
