import type { Plane } from '../gaussian-blur.ts'
import { gaussianBlur, mirrored } from '../gaussian-blur.ts'
import { median } from '../order-statistics.ts'

const medianEdge = 25
const radius = medianEdge >> 1
/** Of the full range: keeps a picture without any texture from dividing by nothing. */
const leastResidual = 0.004

/**
 * How far each pixel lies from the surface around it, in medians of the picture: |pixel − median of 25 × 25|, smoothed.
 * @param pixels uint8 [edge, edge]
 */
export function surfaceResidual(pixels: Uint8Array, edge: number): Float32Array {
  const surface = medianFilter(pixels, edge)
  const difference = Float32Array.from(pixels, (pixel, at) => Math.abs(pixel - (surface[at] as number)) / 255)
  const { values } = gaussianBlur({ edge, values: difference } satisfies Plane, 1)
  const usual = median(values) + leastResidual
  return values.map((value) => value / usual)
}

/** Median of 25 × 25 around each pixel, mirrored at the border; a histogram slides along each row (Huang 1979). */
function medianFilter(pixels: Uint8Array, edge: number): Uint8Array {
  const medians = new Uint8Array(pixels.length)
  const half = (medianEdge * medianEdge) >> 1
  const histogram = new Uint16Array(256)
  for (let y = 0; y < edge; y++) {
    const rows = Array.from({ length: medianEdge }, (_, index) => mirrored(y + index - radius, edge) * edge)
    histogram.fill(0)
    for (let x = -radius; x <= radius; x++) count(histogram, { pixels, rows, x: mirrored(x, edge), by: 1 })
    for (let x = 0; x < edge; x++) {
      if (x > 0) {
        count(histogram, { pixels, rows, x: mirrored(x - radius - 1, edge), by: -1 })
        count(histogram, { pixels, rows, x: mirrored(x + radius, edge), by: 1 })
      }
      let below = 0
      let value = 0
      while (below + (histogram[value] as number) <= half) below += histogram[value++] as number
      medians[y * edge + x] = value
    }
  }
  return medians
}

function count(
  histogram: Uint16Array,
  {
    pixels,
    rows,
    x,
    by,
  }: { readonly pixels: Uint8Array; readonly rows: readonly number[]; readonly x: number; readonly by: 1 | -1 },
): void {
  for (const row of rows) {
    const value = pixels[row + x] as number
    histogram[value] = (histogram[value] as number) + by
  }
}
