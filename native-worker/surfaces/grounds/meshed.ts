import { axesAt } from '../drawing/axes.ts'
import { sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** A wire net before a darker or brighter back. */
export const meshed: Ground = (random) => {
  const pitch = random.scale(5, 16)
  const wire = pitch * random.between(0.1, 0.22)
  const crossing = random.pick([Math.PI / 2, Math.PI / 2, 1.1])
  const tone = random.between(0.25, 0.7) * random.pick([1, 1, -1])
  return (sheet, { angle, contrast }) => {
    const one = axesAt(angle)
    const other = axesAt(angle + crossing)
    const back = noise(sheet, { slope: 1.3 })
    const pull = noise(sheet, { slope: 2.2, cut: 0.08 })
    const shift = { one: sheet.random.between(0, 1), other: sheet.random.between(0, 1) }
    return drawTexture(sheet.size, (x, y, pixel) => {
      const bend = 0.4 * pull(pixel)
      const distance = (place: number): number => Math.abs(place - Math.floor(place) - 0.5) * pitch
      const first = distance((one.across(x, y) + bend) / pitch + shift.one)
      const second = distance((other.across(x, y) + bend) / pitch + shift.other)
      const wireAt = (aside: number): number =>
        sigmoid((wire - aside) * 4) * (1 - 0.5 * (aside / wire) ** 2 * (aside < wire ? 1 : 0))
      return tone * Math.max(wireAt(first), 0.8 * wireAt(second)) + 0.6 * contrast * back(pixel)
    })
  }
}
