import type { SeededRandom } from '../../random/seeded-random.ts'
import { sigmoid } from '../drawing/curves.ts'
import type { Sheet } from '../drawing/sheet.ts'

export interface Frame {
  /** The tone of what lies beyond the part. */
  readonly tone: number
  /** How much of a pixel lies beyond it: 0 … 1. */
  cover(x: number, y: number): number
}

/** Where the part ends within the picture: on all sides, on some at times, at the corners, or nowhere. */
export function drawFrame(random: SeededRandom): (sheet: Sheet) => Frame | null {
  const kind = random.happens(0.65)
    ? 'nowhere'
    : random.pick(['sides', 'sides', 'some', 'some', 'some', 'corners', 'round'])
  const tone = random.pick([-1, -0.9, -0.7, 0.8])
  const width = random.scale(1, 7)
  const softness = random.scale(0.4, 3)
  return ({ random: chance }) => {
    if (kind === 'nowhere' || (kind === 'some' && chance.happens(0.5))) return null
    if (kind === 'corners')
      return { tone, cover: (x, y) => sigmoid((Math.abs(x - 32) + Math.abs(y - 32) - 58 + width) / softness) }
    if (kind === 'round') {
      const centre = { x: 32 + chance.gaussian(), y: 32 + chance.gaussian() }
      return {
        tone,
        cover: (x, y) => sigmoid((Math.hypot(x - centre.x, y - centre.y) - 33 + width) / softness),
      }
    }
    const sides = Array.from({ length: 4 }, (_, side) => ({
      isUpright: side < 2,
      isFar: side % 2 === 1,
      isThere: kind === 'sides' || chance.happens(0.4),
      width: Math.max(0.4, width * (1 + 0.25 * chance.gaussian())),
      lean: 0.025 * chance.gaussian(),
    })).filter(({ isThere }) => isThere)
    return {
      tone,
      cover: (x, y) => {
        let part = 1
        for (const { isUpright, isFar, width: border, lean } of sides) {
          const [place, along] = isUpright ? [x, y] : [y, x]
          part *= sigmoid((((isFar ? 64 - place : place) - border + lean * (along - 32)) * 2) / softness)
        }
        return 1 - part
      },
    }
  }
}
