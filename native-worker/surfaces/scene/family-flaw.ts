import type { SeededRandom } from '../../random/seeded-random.ts'
import { emptyPlane, type Plane } from '../drawing/plane.ts'
import type { Sheet } from '../drawing/sheet.ts'
import { drawCharacter } from '../flaws/character.ts'
import type { Flaw, FlawDrawing } from '../flaws/flaw.ts'

export interface StrongFlaw extends FlawDrawing {
  /** What a weight of 1 adds, in tones (−1 is black, 1 white). */
  readonly strength: number
}

interface FlawPlace {
  readonly flaw: Flaw
  /** Of the surface, radians. */
  readonly angle: number
  readonly meanTone: number
  /** In how many of the pictures it is, 0 … 1. */
  readonly share: number
}

/** A family's defect: how strong, dark or bright. Gives null for the pictures that have none. */
export function drawFamilyFlaw(
  random: SeededRandom,
  { flaw, angle, meanTone, share }: FlawPlace,
): (sheet: Sheet) => StrongFlaw | null {
  const draw = flaw(random, drawCharacter(random, angle))
  const depth = random.scale(0.18, 0.95)
  const spread = random.between(0.1, 0.4)
  // On a dark surface a darker defect would not be seen, nor a brighter one on a bright one.
  const isDark = random.happens(0.6 + 0.7 * meanTone)
  const isEither = random.happens(0.2)
  return (sheet) => {
    if (!sheet.random.happens(share)) return null
    const sign = isEither ? sheet.random.pick([-1, 1]) : isDark ? -1 : 1
    const strength = sign * depth * Math.max(0.35, 1 + spread * sheet.random.gaussian())
    return { ...draw(sheet), strength }
  }
}

/** Where the defects are, 0 … 1: wholly from a weight of one half on, or half of the greatest where all are faint. */
export function maskOf(flaws: readonly FlawDrawing[], size: number): Plane {
  const mask = emptyPlane(size)
  for (const { weight } of flaws) {
    let peak = 1e-9
    for (let pixel = 0; pixel < mask.values.length; pixel++) peak = Math.max(peak, Math.abs(weight(pixel)))
    for (let pixel = 0; pixel < mask.values.length; pixel++)
      mask.values[pixel] = Math.max(
        mask.values[pixel] ?? 0,
        Math.min(1, (2 * Math.abs(weight(pixel))) / Math.min(1, peak)),
      )
  }
  return mask
}
