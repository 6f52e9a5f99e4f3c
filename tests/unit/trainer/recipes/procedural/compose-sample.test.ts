import { expect, test } from 'vitest'
import { RandomStream } from '../../../../../native-worker/random/random-stream.ts'
import { robustDeviation } from '../../../../../native-worker/trainer/composing/deviations.ts'
import type { Raster } from '../../../../../native-worker/trainer/composing/raster.ts'
import { composeFirstEdition } from '../../../../../native-worker/trainer/recipes/procedural/compose-first-edition.ts'
import { composeSample } from '../../../../../native-worker/trainer/recipes/procedural/compose-sample.ts'

const size = 64
const seeded = (seed: number): RandomStream => RandomStream.fromSeed(seed, 'test')

function grainy(seed: number, level: number): Raster {
  const random = seeded(seed)
  return {
    ...{ height: size, width: size, channels: 1 },
    values: Float32Array.from({ length: size * size }, () => level + 0.08 * random.normal()),
  }
}

/** Deviation of the differences between neighbours: what bilinear sampling and cross-fading take away. */
const grainOf = (values: Float32Array): number =>
  robustDeviation(
    Float32Array.from({ length: values.length - 1 }, (_, at) => (values[at + 1] ?? 0) - (values[at] ?? 0)),
  )

const symmetry = { across: true, down: true }

test('the grain stays, which the first edition softened', () => {
  for (let seed = 0; seed < 8; seed++) {
    const [base, donor] = [grainy(1, 0), grainy(2, 0.1)]
    const made = composeSample({ base, donor, strength: 1, symmetry, random: seeded(seed) }).values
    const first = composeFirstEdition({ base, donor, strength: 1, random: seeded(seed) })
    const real = grainOf(base.values)
    expect(grainOf(first) / real).toBeLessThan(0.85)
    expect(grainOf(made) / real).toBeGreaterThan(0.85)
    expect(grainOf(made) / real).toBeLessThan(1.2)
  }
})

test('a brighter donor leaves no seam and no brighter blob', () => {
  const flat = (level: number): Raster => ({ ...grainy(1, 0), values: new Float32Array(size * size).fill(level) })
  const made = composeSample({ base: flat(0), donor: flat(0.6), strength: 0, symmetry, random: seeded(3) })
  expect(Math.max(...made.values.map(Math.abs))).toBeLessThan(0.01)
})

test('the same stream gives the same picture, another one another', () => {
  const make = (seed: number) =>
    composeSample({ base: grainy(1, 0), donor: grainy(2, 0), strength: 1, symmetry, random: seeded(seed) }).values
  expect(make(3)).toEqual(make(3))
  expect(make(3)).not.toEqual(make(4))
})
