import { axesAt } from '../drawing/axes.ts'
import { smoothstep } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** A tool that trembled: a short train of parallel marks across the direction of work. */
export const chatter: Flaw = (random, character) => {
  const pitch = random.between(2.4, 6)
  const breadth = random.between(6, 26) * character.zoom
  const sharpness = random.between(1, 4)
  return (sheet) => {
    const chance = sheet.random
    const { along, across } = axesAt(
      character.angle + 0.5 * character.wander * chance.gaussian(),
      place(chance, character),
    )
    const reach = chance.between(12, 40)
    const curve = chance.between(-0.01, 0.01)
    const phase = chance.between(0, 6.3)
    return {
      weight: drawTexture(sheet.size, (x, y) => {
        const aside = across(x, y)
        const place = along(x, y) + curve * aside * aside
        const inside = smoothstep(0, 4, breadth / 2 - Math.abs(aside)) * smoothstep(0, 8, reach / 2 - Math.abs(place))
        return inside * Math.exp(sharpness * (Math.cos((2 * Math.PI * place) / pitch + phase) - 1))
      }),
    }
  }
}
