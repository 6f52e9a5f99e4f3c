import type { Stretch } from '../../../contract/mask-runs.ts'
import type { MarkShape } from '../../../contract/marks.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** The whole pixels between two corners, inside `bounds`; at least one. */
export function rectangleBetween(a: Point, b: Point, bounds: SourceRectangle): MarkShape {
  const [x, width] = span(
    { from: Math.min(a.x, b.x), to: Math.max(a.x, b.x) },
    { from: bounds.x, length: bounds.width },
  )
  const [y, height] = span(
    { from: Math.min(a.y, b.y), to: Math.max(a.y, b.y) },
    { from: bounds.y, length: bounds.height },
  )
  return { kind: 'rectangle', x, y, width, height }
}

function span(
  { from, to }: { readonly from: number; readonly to: number },
  bounds: { readonly from: number; readonly length: number },
): [number, number] {
  const last = bounds.from + bounds.length
  const start = Math.min(last - 1, Math.max(bounds.from, Math.floor(from)))
  const end = Math.min(last, Math.max(start + 1, Math.ceil(to)))
  return [start, end - start]
}

/** In the middle, a quarter of each edge: keys move it from there. */
export const middleRectangle = ({ x, y, width, height }: SourceRectangle): MarkShape =>
  rectangleBetween(
    { x: x + (3 / 8) * width, y: y + (3 / 8) * height },
    { x: x + (5 / 8) * width, y: y + (5 / 8) * height },
    { x, y, width, height },
  )

/** As far as it goes inside `bounds`. */
export function movedInside<Shape extends MarkShape>(shape: Shape, by: Point, bounds: SourceRectangle): Shape {
  const x = Math.min(bounds.x + bounds.width - shape.width, Math.max(bounds.x, shape.x + Math.round(by.x)))
  const y = Math.min(bounds.y + bounds.height - shape.height, Math.max(bounds.y, shape.y + Math.round(by.y)))
  return { ...shape, x, y }
}

/** A rectangle made larger or smaller at its lower right corner; a mask stays as it is. */
export function resizedInside(shape: MarkShape, by: Point, bounds: SourceRectangle): MarkShape {
  if (shape.kind === 'mask') return shape
  const width = Math.min(bounds.x + bounds.width - shape.x, Math.max(1, shape.width + by.x))
  const height = Math.min(bounds.y + bounds.height - shape.y, Math.max(1, shape.height + by.y))
  return { ...shape, width, height }
}

/** Pixels whose middle a round brush passes on its way. @param radius in pixels of the source; at least the pixel under it is painted */
export function brushStretches(
  from: Point,
  to: Point,
  { radius, bounds }: { readonly radius: number; readonly bounds: SourceRectangle },
): Stretch[] {
  const stretches: Stretch[] = []
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / Math.max(1, radius / 2)))
  for (let step = 0; step <= steps; step++) {
    const x = from.x + ((to.x - from.x) * step) / steps
    const y = from.y + ((to.y - from.y) * step) / steps
    const top = Math.max(bounds.y, Math.floor(y - radius))
    const bottom = Math.min(bounds.y + bounds.height - 1, Math.ceil(y + radius))
    for (let row = top; row <= bottom; row++) {
      const away = row + 0.5 - y
      const half = Math.abs(away) <= radius ? Math.sqrt(radius * radius - away * away) : -1
      const start = Math.max(bounds.x, half < 0 ? 0 : Math.ceil(x - half - 0.5))
      const end = Math.min(bounds.x + bounds.width, half < 0 ? 0 : Math.floor(x + half - 0.5) + 1)
      if (start < end) stretches.push({ y: row, x: start, end })
    }
    const under = { y: Math.floor(y), x: Math.floor(x), end: Math.floor(x) + 1 }
    if (lies(under, bounds)) stretches.push(under)
  }
  return stretches
}

const lies = ({ x, y }: Stretch, bounds: SourceRectangle): boolean =>
  x >= bounds.x && x < bounds.x + bounds.width && y >= bounds.y && y < bounds.y + bounds.height

/** An outline for SVG: one rectangle a stretch of a row. */
export const pathOfStretches = (stretches: readonly Stretch[]): string =>
  stretches.map(({ x, y, end }) => `M${x} ${y}H${end}V${y + 1}H${x}Z`).join('')
