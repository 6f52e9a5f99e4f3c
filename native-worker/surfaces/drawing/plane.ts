/**
 * A grey drawing while it is made, row by row. Coordinates are in 64ths of the edge, from the upper left corner, so that drawings
 * look alike at every size.
 */
export interface Plane {
  /** Pixels per edge. */
  readonly size: number
  readonly values: Float64Array
}

export const emptyPlane = (size: number): Plane => ({ size, values: new Float64Array(size * size) })

/** Changes every pixel. */
export function paint(plane: Plane, change: (value: number, x: number, y: number, pixel: number) => number): void {
  const { size, values } = plane
  const unit = 64 / size
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const pixel = row * size + column
      values[pixel] = change(values[pixel] ?? 0, (column + 0.5) * unit, (row + 0.5) * unit, pixel)
    }
}

export interface Spot {
  readonly x: number
  readonly y: number
}

/** Changes the pixels of a square around a spot and leaves the others: for small things, many times as fast. */
export function paintNear(
  plane: Plane,
  { x: centreX, y: centreY, reach }: Spot & { readonly reach: number },
  change: (value: number, x: number, y: number, pixel: number) => number,
): void {
  const { size, values } = plane
  const unit = 64 / size
  const first = (centre: number): number => Math.max(0, Math.floor((centre - reach) / unit))
  const last = (centre: number): number => Math.min(size - 1, Math.ceil((centre + reach) / unit))
  for (let row = first(centreY); row <= last(centreY); row++)
    for (let column = first(centreX); column <= last(centreX); column++) {
      const pixel = row * size + column
      values[pixel] = change(values[pixel] ?? 0, (column + 0.5) * unit, (row + 0.5) * unit, pixel)
    }
}
