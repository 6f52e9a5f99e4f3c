import { emptyPlane, paint, type Plane } from '../drawing/plane.ts'
import type { Texture } from '../drawing/texture.ts'

/** How steeply a height rises towards the light (radians), per 64th of the edge: what a lamp from the side makes of it. */
export function shade(height: Texture, { size, light }: { readonly size: number; readonly light: number }): Plane {
  // One 64th each way at every size, so that finer detail makes no steeper slopes.
  const reach = Math.max(1, Math.round(size / 64))
  const cos = Math.cos(light)
  const sin = Math.sin(light)
  const inside = (place: number): number => Math.min(size - 1, Math.max(0, place))
  const slopes = emptyPlane(size)
  paint(slopes, (_, _x, _y, pixel) => {
    const row = Math.floor(pixel / size)
    const column = pixel - row * size
    const right = inside(column + reach)
    const left = inside(column - reach)
    const low = inside(row + reach)
    const high = inside(row - reach)
    const unit = size / 64
    const across = ((height(row * size + right) - height(row * size + left)) / (right - left)) * unit
    const down = ((height(low * size + column) - height(high * size + column)) / (low - high)) * unit
    return across * cos + down * sin
  })
  return slopes
}
