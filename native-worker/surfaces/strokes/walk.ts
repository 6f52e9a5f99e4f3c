import type { SeededRandom } from '../../random/seeded-random.ts'
import type { Plane, Spot } from '../drawing/plane.ts'
import { stamp } from './stamp.ts'

export interface Walk {
  readonly start: Spot
  readonly angle: number
  /** In 64ths of the edge. */
  readonly length: number
  /** How much the direction changes from step to step, radians. */
  readonly turn: number
  readonly width: number
  /** How likely each step is to begin a branch. */
  readonly forks: number
  /** The share of its width that it loses on its way. */
  readonly taper: number
}

/** A wandering line, with branches or without: cracks, fibres, traces of liquid. */
export function strokeWalk(plane: Plane, { random, walk }: { random: SeededRandom; walk: Walk }): void {
  const { length, turn, width, forks, taper } = walk
  let { angle } = walk
  let { x, y } = walk.start
  for (let step = 0; step < length; step++) {
    angle += random.gaussian() * turn
    x += Math.cos(angle)
    y += Math.sin(angle)
    if (x < -2 || y < -2 || x > 66 || y > 66) return
    stamp(plane, { x, y, width: width * (1 - taper * (step / length)), strength: 1 })
    if (length > 12 && random.happens(forks)) {
      const branch = angle + random.pick([-1, 1]) * random.between(0.4, 1)
      strokeWalk(plane, {
        random,
        walk: { ...walk, start: { x, y }, angle: branch, length: length / 2, width: width * 0.8, forks: 0 },
      })
    }
  }
}
