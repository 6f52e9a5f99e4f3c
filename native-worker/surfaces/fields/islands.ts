import { sigmoid } from '../drawing/curves.ts'
import type { Sheet } from '../drawing/sheet.ts'
import { drawTexture, type Texture } from '../drawing/texture.ts'

interface Shore {
  /** In the unit of the height. Lowered where nothing would reach it, so that there is always an island. */
  readonly level: number
  /** How hard the border is: 1 is soft, 9 a step. */
  readonly steepness: number
}

/** 1 where a height stands above a level, 0 elsewhere, with a border between. */
export function islands(height: Texture, { size }: Pick<Sheet, 'size'>, { level, steepness }: Shore): Texture {
  let highest = -Infinity
  for (let pixel = 0; pixel < size * size; pixel++) highest = Math.max(highest, height(pixel))
  const sea = Math.min(level, highest - 0.5)
  return drawTexture(size, (_x, _y, pixel) => sigmoid((height(pixel) - sea) * steepness))
}
