import type { SeededRandom } from '../../random/seeded-random.ts'

/** What one drawing is made on and with. */
export interface Sheet {
  /** Pixels per edge: 64, 128 or 256. */
  readonly size: number
  readonly random: SeededRandom
}
