import { bell, clamp, sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { cells } from '../fields/cells.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** One part that fills the picture: a dark rim, chamfered or not, bars across it, fine lines between them. */
export const panel: Ground = (random) => {
  const slope = random.between(0.5, 1.5)
  const crystals = random.happens(0.5) ? random.between(7, 18) : 0
  const bars = random.integer(1, 4)
  const barTone = random.pick([-1, -1, 1]) * random.between(0.2, 0.6)
  const barWidth = random.between(0.5, 1.6)
  const fingers = random.happens(0.6) ? random.between(0.04, 0.14) : 0
  const fingerSpeed = random.between(1, 2.2)
  const isUpright = random.happens(0.5)
  const chamfer = random.happens(0.4) ? 0.62 : 0
  const rim = { tone: random.between(0.3, 1), place: random.between(27, 30.5), shadow: random.between(0, 0.3) }
  return (sheet, { contrast }) => {
    const chance = sheet.random
    const stain = noise(sheet, { slope, cut: 0.8 })
    const { tone } = cells(sheet, { width: Math.max(7, crystals), disorder: 1, stretch: 1.2 })
    const shift = { rim: 0.3 * chance.gaussian(), bars: 0.3 * chance.gaussian(), phase: chance.between(0, 6.3) }
    const shadow = rim.shadow * chance.between(0.3, 1)
    const step = 64 / bars
    return drawTexture(sheet.size, (x, y, pixel) => {
      const place = isUpright ? x : y
      const nextBar = Math.abs(place - shift.bars - step * (Math.floor(place / step) + 0.5))
      const dx = Math.abs(x - 32)
      const dy = Math.abs(y - 32)
      const reach = Math.max(dx, dy, chamfer * (dx + dy))
      let value = contrast * 0.6 * stain(pixel)
      if (crystals > 0) value += contrast * 1.6 * (tone(pixel) - 0.5)
      value += barTone * sigmoid((barWidth - nextBar) * 4)
      value += fingers * Math.sin(place * fingerSpeed + shift.phase) * (1 - bell(nextBar / 2))
      return (
        value - rim.tone * sigmoid((reach - rim.place + shift.rim) * 2) - shadow * clamp((reach - 20) / 12, 0, 1) ** 2
      )
    })
  }
}
