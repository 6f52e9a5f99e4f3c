import type { SeededRandom } from '../../random/seeded-random.ts'
import type { Spot } from '../drawing/plane.ts'

/** What the defects of a family have in common, whatever their kind. Lengths in 64ths of the edge, angles in radians. */
export interface Character {
  readonly zoom: number
  /** How many there are in a picture, on average. */
  readonly meanCount: number
  readonly width: number
  readonly stretch: number
  readonly angle: number
  /** How far a direction strays from `angle`, as a deviation. */
  readonly wander: number
  readonly slope: number
  /** How rare what stands out is, in deviations. */
  readonly level: number
  readonly steepness: number
  readonly forks: number
  readonly light: number
  readonly isAtEdge: boolean
}

export function drawCharacter(random: SeededRandom, surfaceAngle: number): Character {
  const zoom = random.scale(0.6, 1.8)
  return {
    zoom,
    meanCount: random.pick([1, 1, 1, 2, 3, 5, 8, 14]),
    width: random.scale(0.6, 2.4) * zoom,
    stretch: random.between(1, 6),
    angle: random.pick([surfaceAngle, surfaceAngle, Math.PI / 2, 0, random.between(0, Math.PI)]),
    wander: random.pick([0.03, 0.1, 0.3, 1.5]),
    slope: random.between(1, 2.2),
    level: random.between(0.3, 1.6),
    steepness: random.scale(1, 9),
    forks: random.pick([0, 0, 0.03]),
    light: random.between(0, 2 * Math.PI),
    isAtEdge: random.happens(0.25),
  }
}

/** How many to draw now: at least one, at most `most`. */
export const countNow = (random: SeededRandom, { meanCount }: Character, most: number): number =>
  Math.min(most, Math.max(1, random.count(meanCount)))

/** Where the next one lies. */
export function place(random: SeededRandom, { isAtEdge }: Character): Spot {
  if (!isAtEdge) return { x: random.between(5, 59), y: random.between(5, 59) }
  return atSide(random, random.between(-2, 10))
}

/** Somewhere along one of the four sides, so far inside. */
export function atSide(random: SeededRandom, inside: number): Spot {
  const side = random.integer(0, 3)
  const along = random.between(4, 60)
  const away = side % 2 === 0 ? inside : 64 - inside
  return side < 2 ? { x: along, y: away } : { x: away, y: along }
}
