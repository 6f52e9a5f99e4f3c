import type { SeededRandom } from '../../random/seeded-random.ts'
import type { Sheet } from '../drawing/sheet.ts'
import type { Texture } from '../drawing/texture.ts'
import type { Character } from './character.ts'

export interface FlawDrawing {
  /** How much the defect changes each pixel, mostly 0 … 1; below zero where it does the opposite (the far side of a dent). */
  readonly weight: Texture
  /** How much of the background's own texture is gone where the weight is 1; .3 where nothing is said. */
  readonly cover?: number
}

/** A kind of defect: its constants are drawn once a family; then each picture has a new one. */
export type Flaw = (random: SeededRandom, character: Character) => (sheet: Sheet) => FlawDrawing
