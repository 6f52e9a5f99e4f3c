import type { RandomStream } from '../../random/random-stream.ts'
import { sampleCubic } from './sample-at.ts'

/** [height · width] values of about -1 to 1 that change smoothly: random numbers on a coarse grid, cubic between. */
export function smoothField({
  height,
  width,
  cells,
  random,
}: {
  readonly height: number
  readonly width: number
  readonly cells: number
  readonly random: RandomStream
}): Float32Array {
  const edge = cells + 1
  const values = Float32Array.from({ length: edge * edge }, () => 2 * random.uniform() - 1)
  const grid = { height: edge, width: edge, channels: 1, values }
  return Float32Array.from({ length: height * width }, (_, place) =>
    sampleCubic(grid, {
      row: ((Math.floor(place / width) + 0.5) * edge) / height - 0.5,
      column: (((place % width) + 0.5) * edge) / width - 0.5,
      channel: 0,
    }),
  )
}
