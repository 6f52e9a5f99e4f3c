import { mirrored } from '../../metrics/gaussian-blur.ts'
import type { Raster } from './raster.ts'

/** One place of the new line: where it begins in the old one, and the weights from there on, which sum to 1. */
interface Tap {
  readonly start: number
  readonly weights: Float32Array
}

/** Catmull-Rom, widened when it shrinks so that nothing finer than the new pixels is left. Mirrored at the edges. */
export function resizeRaster(raster: Raster, { height, width }: { height: number; width: number }): Raster {
  if (raster.height === height && raster.width === width) return raster
  return resizeRows(resizeColumns(raster, width), height)
}

function resizeColumns({ height, width, channels, values }: Raster, to: number): Raster {
  const made = new Float32Array(height * to * channels)
  tapsOf(width, to).forEach(({ start, weights }, column) => {
    weights.forEach((weight, tap) => {
      const from = mirrored(start + tap, width)
      for (let row = 0; row < height; row++)
        for (let channel = 0; channel < channels; channel++) {
          const at = (row * to + column) * channels + channel
          made[at] = (made[at] ?? 0) + weight * (values[(row * width + from) * channels + channel] ?? 0)
        }
    })
  })
  return { height, width: to, channels, values: made }
}

function resizeRows({ height, width, channels, values }: Raster, to: number): Raster {
  const line = width * channels
  const made = new Float32Array(to * line)
  tapsOf(height, to).forEach(({ start, weights }, row) => {
    weights.forEach((weight, tap) => {
      const from = mirrored(start + tap, height) * line
      for (let place = 0; place < line; place++)
        made[row * line + place] = (made[row * line + place] ?? 0) + weight * (values[from + place] ?? 0)
    })
  })
  return { height: to, width, channels, values: made }
}

function tapsOf(from: number, to: number): readonly Tap[] {
  const stretch = Math.max(1, from / to)
  return Array.from({ length: to }, (_, index) => {
    const middle = ((index + 0.5) * from) / to - 0.5
    const start = Math.ceil(middle - 2 * stretch)
    const weights = Float32Array.from({ length: Math.floor(middle + 2 * stretch) - start + 1 }, (_tap, tap) =>
      catmullRom((start + tap - middle) / stretch),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { start, weights: weights.map((weight) => weight / sum) }
  })
}

function catmullRom(distance: number): number {
  const t = Math.abs(distance)
  if (t < 1) return 1 + t * t * (-2.5 + 1.5 * t)
  return t < 2 ? 2 + t * (-4 + t * (2.5 - 0.5 * t)) : 0
}
