import type { ScoreName } from '../../../contract/scores.ts'

/** One score of one picture. */
export interface Score {
  readonly name: ScoreName
  readonly value: number
  /** Index of the nearest real picture among all of the task, of distances. */
  readonly nearest: number | null
  /** What the networks call it, of the agreement. */
  readonly namedLabel: number | null
}

export const plainScore = (name: ScoreName, value: number): Score => ({ name, value, nearest: null, namedLabel: null })

/** A picture that is scored: where its features and its pixels are. */
export interface Scored {
  readonly label: number
  /** Compared with real pictures of other groups only; null for candidates and held-out pictures, which belong to none. */
  readonly group: number | null
  /** Judged by the network that did not see it; null for pictures that none has seen. */
  readonly fold: number | null
}
