import { emptyPlane, paint, type Plane } from './plane.ts'

/** A value at every pixel of a drawing, asked for by the pixel's number. */
export type Texture = (pixel: number) => number

export const textureOf =
  ({ values }: Plane): Texture =>
  (pixel) =>
    values[pixel] ?? 0

/** Computed once for every pixel; x and y are in 64ths of the edge. */
export function drawTexture(size: number, value: (x: number, y: number, pixel: number) => number): Texture {
  const plane = emptyPlane(size)
  paint(plane, (_, x, y, pixel) => value(x, y, pixel))
  return textureOf(plane)
}
