import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { profile } from '../fields/profile.ts'
import type { Ground } from './ground.ts'

/** Face milling: arcs of one radius, one after the other along the feed, at times crossed by those of the way back. */
export const groundArcs: Ground = (random) => {
  const radius = random.between(25, 90)
  const pitch = random.scale(2.5, 9)
  const back = random.happens(0.5) ? random.between(0.3, 1) : 0
  const side = random.between(-15, 15)
  return (sheet, { angle, contrast }) => {
    const chance = sheet.random
    const cos = Math.cos(angle)
    const sin = Math.sin(angle)
    const offset = side + 2 * chance.gaussian()
    const phase = chance.between(0, 6.3)
    const tooth = profile(chance, { slope: 0.3, cut: 0.4 })
    const wear = noise(sheet, { slope: 1.2, cut: 0.4 })
    return drawTexture(sheet.size, (x, y, pixel) => {
      const along = (x - 32) * cos + (y - 32) * sin
      const across = (y - 32) * cos - (x - 32) * sin - offset
      const rise = radius - Math.sqrt(Math.max(0, radius * radius - across * across))
      const mark = (place: number): number =>
        0.7 * Math.sin((2 * Math.PI * place) / pitch + phase) + 0.7 * tooth(place + 150)
      return contrast * (mark(along + rise) + back * mark(along - rise + 7) + 0.3 * wear(pixel))
    })
  }
}
