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
  let sum = 0
  for (let i = 0; i < 4; i++) {
    const line = mirrored(top - 1 + i, height) * width
    let inLine = 0
    for (let j = 0; j < 4; j++)
      inLine += weightOf(j, column - left) * (values[(line + mirrored(left - 1 + j, width)) * channels + channel] ?? 0)
    sum += weightOf(i, row - top) * inLine
  }
  return sum
}

/** Of one of the four values around, for a place `t` between the second and the third. A number at a time: an array each costs more. */
function weightOf(index: number, t: number): number {
  if (index === 0) return 0.5 * t * (-1 + t * (2 - t))
  if (index === 1) return 0.5 * (2 + t * t * (-5 + 3 * t))
  if (index === 2) return 0.5 * t * (1 + t * (4 - 3 * t))
  return 0.5 * t * t * (t - 1)
}
