import type { SeededRandom } from '../../random/seeded-random.ts'
import { emptyPlane, paint } from '../drawing/plane.ts'
import type { Sheet } from '../drawing/sheet.ts'
import { textureOf, type Texture } from '../drawing/texture.ts'

export interface Cells {
  /** A number of 0 … 1 that all pixels of a cell share. */
  readonly tone: Texture
  /** Distance from the border with the next cell, doubled, in 64ths of the edge: 0 at the border. */
  readonly inside: Texture
}

interface CellShape {
  /** How wide a cell is on average, 64ths of the edge. */
  readonly width: number
  /** 0 is a lattice, 1 leaves nothing of it. */
  readonly disorder: number
  /** How many times as high as wide they are. */
  readonly stretch?: number
}

/** Crystals, stones, tiles: each pixel belongs to the nearest of scattered points (Voronoi). */
export function cells({ size, random }: Sheet, { width, disorder, stretch = 1 }: CellShape): Cells {
  const { columns, x, y, tone } = scatter(random, { width, disorder, stretch })
  const tones = emptyPlane(size)
  const inside = emptyPlane(size)
  paint(tones, (_, pixelX, pixelY, pixel) => {
    const flatY = pixelY / stretch
    const column = Math.floor(pixelX / width) + 2
    const row = Math.floor(flatY / width) + 2
    let nearest = Infinity
    let second = Infinity
    let owner = 0
    // Two lattice cells each way: the nearest point is always among them.
    for (let j = row - 2; j <= row + 2; j++)
      for (let i = column - 2; i <= column + 2; i++) {
        const index = j * columns + i
        const dx = pixelX - (x[index] ?? 0)
        const dy = flatY - (y[index] ?? 0)
        const distance = dx * dx + dy * dy
        if (distance < nearest) {
          second = nearest
          nearest = distance
          owner = index
        } else if (distance < second) second = distance
      }
    inside.values[pixel] = Math.sqrt(second) - Math.sqrt(nearest)
    return tone[owner] ?? 0
  })
  return { tone: textureOf(tones), inside: textureOf(inside) }
}

/** One point in every cell of a lattice that reaches two cells beyond the picture. */
function scatter(random: SeededRandom, { width, disorder, stretch }: Required<CellShape>) {
  const columns = Math.ceil(64 / width) + 4
  const rows = Math.ceil(64 / stretch / width) + 4
  const shiftX = random.between(0, 1)
  const shiftY = random.between(0, 1)
  const x = new Float64Array(columns * rows)
  const y = new Float64Array(columns * rows)
  const tone = new Float64Array(columns * rows)
  for (let index = 0; index < x.length; index++) {
    const column = index % columns
    const row = Math.floor(index / columns)
    x[index] = (column - 2 + shiftX + disorder * random.between(-0.5, 0.5)) * width
    y[index] = (row - 2 + shiftY + disorder * random.between(-0.5, 0.5)) * width
    tone[index] = random.between(0, 1)
  }
  return { columns, x, y, tone }
}
