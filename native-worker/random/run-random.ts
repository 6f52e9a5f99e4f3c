import { RandomStream, type RandomState } from './random-stream.ts'

const purposes = ['weights', 'order', 'latents', 'dropout', 'augmentation'] as const
type Purpose = (typeof purposes)[number]

/** All chance of a run: one stream a purpose, so that switching one off moves none of the others. */
export type RunRandom = Readonly<Record<Purpose, RandomStream>>
export type RunRandomState = Readonly<Record<Purpose, RandomState>>

const each = <Value>(make: (purpose: Purpose) => Value): Readonly<Record<Purpose, Value>> =>
  Object.fromEntries(purposes.map((purpose) => [purpose, make(purpose)])) as Record<Purpose, Value>

export const seedRandom = (seed: number): RunRandom => each((purpose) => RandomStream.fromSeed(seed, purpose))
export const restoreRandom = (state: RunRandomState): RunRandom => each((purpose) => new RandomStream(state[purpose]))
export const randomState = (random: RunRandom): RunRandomState => each((purpose) => random[purpose].state)
