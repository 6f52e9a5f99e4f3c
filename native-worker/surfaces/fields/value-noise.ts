import type { SeededRandom } from '../../random/seeded-random.ts'

/** A smooth random field, mostly in [-1, 1], at any point. */
type Field = (x: number, y: number) => number

const tableSize = 256

/** Values on a lattice with cells of `cellX` × `cellY` pixels, smoothly joined; stretched cells give brushed metal. */
export function valueNoise(random: SeededRandom, cellX: number, cellY: number): Field {
  const values = Float64Array.from({ length: tableSize }, () => random.between(-1, 1))
  const order = Uint8Array.from({ length: tableSize }, () => random.integer(0, tableSize - 1))
  const at = (x: number, y: number): number =>
    values[((order[(y + 7919) & 255] ?? 0) + x * 131 + (x >> 3) * 17) & 255] ?? 0
  const ease = (t: number): number => t * t * (3 - 2 * t)
  return (x, y) => {
    const column = Math.floor(x / cellX)
    const row = Math.floor(y / cellY)
    const tx = ease(x / cellX - column)
    const ty = ease(y / cellY - row)
    const top = at(column, row) * (1 - tx) + at(column + 1, row) * tx
    const bottom = at(column, row + 1) * (1 - tx) + at(column + 1, row + 1) * tx
    return top * (1 - ty) + bottom * ty
  }
}

/** Octaves of noise, each half as large and half as strong. */
export function layeredNoise(random: SeededRandom, cell: number, octaves: number): Field {
  const layers = Array.from({ length: octaves }, (_, octave) => ({
    noise: valueNoise(random, cell / 2 ** octave, cell / 2 ** octave),
    weight: 0.5 ** octave,
  }))
  const total = layers.reduce((sum, { weight }) => sum + weight, 0)
  return (x, y) => layers.reduce((sum, { noise, weight }) => sum + weight * noise(x, y), 0) / total
}
