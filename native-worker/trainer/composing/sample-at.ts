import { mirrored } from '../../metrics/gaussian-blur.ts'
import type { Raster } from './raster.ts'

interface Place {
  readonly row: number
  readonly column: number
  readonly channel: number
}

/** Catmull-Rom: goes through the values and keeps edges and grain that a bilinear mean takes. Mirrored at the edges. */
export function sampleCubic({ height, width, channels, values }: Raster, { row, column, channel }: Place): number {
  const top = Math.floor(row)
  const left = Math.floor(column)
  const down = cubicWeights(row - top)
  const across = cubicWeights(column - left)
  let sum = 0
  for (let i = 0; i < 4; i++) {
    const line = mirrored(top - 1 + i, height) * width
    let inLine = 0
    for (let j = 0; j < 4; j++)
      inLine += (across[j] ?? 0) * (values[(line + mirrored(left - 1 + j, width)) * channels + channel] ?? 0)
    sum += (down[i] ?? 0) * inLine
  }
  return sum
}

/** Of the four values around, for a place `t` between the second and the third. */
const cubicWeights = (t: number): readonly [number, number, number, number] => [
  0.5 * t * (-1 + t * (2 - t)),
  0.5 * (2 + t * t * (-5 + 3 * t)),
  0.5 * t * (1 + t * (4 - 3 * t)),
  0.5 * t * t * (t - 1),
]
