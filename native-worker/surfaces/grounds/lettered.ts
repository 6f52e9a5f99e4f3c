import { axesAt } from '../drawing/axes.ts'
import { sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { seededRandom } from '../../random/seeded-random.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Printing in rows: marks of one height with gaps, as labels and codes look from far off. The same text in every picture. */
export const lettered: Ground = (random) => {
  const height = random.between(4, 9)
  const leading = height * random.between(1.5, 2.2)
  const ink = random.between(0.25, 0.7) * random.pick([-1, -1, 1])
  const text = random.seed()
  const density = random.between(0.45, 0.65)
  const columns = 64
  const rows = 24
  const marks = seededRandom(text)
  const inked = Uint8Array.from({ length: columns * rows }, () => (marks.happens(density) ? 1 : 0))
  return (sheet, { angle, contrast }) => {
    const { along, across } = axesAt(angle - Math.round(angle / (Math.PI / 2)) * (Math.PI / 2))
    const paper = noise(sheet, { slope: 0.8 })
    const shift = { x: sheet.random.between(-3, 3), y: sheet.random.between(-3, 3) }
    const step = height / 3
    return drawTexture(sheet.size, (x, y, pixel) => {
      const line = (across(x, y) + shift.y + 64) / leading
      const inLine = (line - Math.floor(line)) * leading
      const column = Math.floor((along(x, y) + shift.x + 64) / step)
      const row = Math.floor(line) * 3 + Math.min(2, Math.floor(inLine / step))
      const isMark = column % 4 !== 3 && inked[(row % rows) * columns + (column % columns)] === 1
      const edge = sigmoid((height - inLine) * 5)
      return (isMark ? ink * edge : 0) + 0.4 * contrast * paper(pixel)
    })
  }
}
