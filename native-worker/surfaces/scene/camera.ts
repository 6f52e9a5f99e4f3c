import type { SeededRandom } from '../../random/seeded-random.ts'
import { paint, type Plane } from '../drawing/plane.ts'
import { blur } from '../fields/blur.ts'

export interface Camera {
  /** Deviation of its grain, brightness 0 … 1. */
  readonly grain: number
  /** From tones (−1 is black, 1 white), however far out, to brightness 0 … 1. In place. */
  expose(plane: Plane): void
}

export function drawCamera(random: SeededRandom): Camera {
  const grain = random.pick([0, random.between(0, 0.01), random.between(0.005, 0.04)])
  const softness = random.pick([0, 0, random.between(0.3, 1)])
  const gamma = random.pick([0, random.between(-0.35, 0.35)])
  return {
    grain,
    expose: (plane) => {
      if (softness > 0) blur(plane, softness)
      paint(plane, (tone) => {
        const seen = withShoulder(tone)
        return (seen + gamma * (1 - seen * seen) + 1) / 2
      })
    },
  }
}

/** Where black and white come near, tones are pressed together instead of being cut off. */
function withShoulder(tone: number): number {
  const excess = Math.abs(tone) - 0.75
  return excess <= 0 ? tone : Math.sign(tone) * (0.75 + 0.25 * Math.tanh(excess / 0.25))
}
