import type { SeededRandom } from '../../random/seeded-random.ts'
import type { Sheet } from '../drawing/sheet.ts'
import type { Texture } from '../drawing/texture.ts'

/** How a surface lies in one picture. */
export interface Pose {
  /** The direction of what has one, radians. */
  readonly angle: number
  /** The deviation of its brightness, in tones (−1 is black, 1 white). */
  readonly contrast: number
}

/** A kind of background: its constants are drawn once a family; then each picture is a new piece of it, in tones around 0. */
export type Ground = (random: SeededRandom) => (sheet: Sheet, pose: Pose) => Texture
