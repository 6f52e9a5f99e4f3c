import type { SeededRandom } from '../../random/seeded-random.ts'
import { clamp } from '../drawing/curves.ts'

type Colour = readonly [red: number, green: number, blue: number]

/** A colour, 0 … 1 each, for every brightness of 0 … 1. */
type ColourCurve = (brightness: number) => Colour

/** Of a family: what its surface and its defect look like in colour. */
export interface Tint {
  readonly surface: ColourCurve
  readonly flaw: ColourCurve
}

export function drawTint(random: SeededRandom): Tint {
  const strength = random.pick([0.02, 0.05, 0.1, 0.22])
  const surface = drawCurve(random, strength)
  // Most defects have the colours of their surface; rust, burns and foreign matter have their own.
  return { surface, flaw: random.happens(0.6) ? surface : drawCurve(random, random.between(0.08, 0.25)) }
}

/** From a dark through a middle to a light colour, as a quadratic Bézier curve; grey values stay about as bright as they were. */
function drawCurve(random: SeededRandom, strength: number): ColourCurve {
  const near = (grey: number, amount: number): Colour => {
    const channels = [random.gaussian(), random.gaussian(), random.gaussian()] as const
    const [red, green, blue] = channels
    // What the eye sees as brightness keeps its value: only the colour moves.
    const excess = 0.3 * red + 0.59 * green + 0.11 * blue
    return [grey + amount * (red - excess), grey + amount * (green - excess), grey + amount * (blue - excess)]
  }
  const dark = near(0.03, strength * 0.15)
  const middle = near(0.5, strength)
  const light = near(0.97, strength * 0.3)
  return (brightness) => {
    const rest = 1 - brightness
    const at = (channel: 0 | 1 | 2): number =>
      clamp(
        rest * rest * dark[channel] +
          2 * rest * brightness * middle[channel] +
          brightness * brightness * light[channel],
        0,
        1,
      )
    return [at(0), at(1), at(2)]
  }
}
