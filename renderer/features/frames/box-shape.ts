import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import type { Point, Size } from './viewport.ts'

/** Where a box is taken hold of: a corner or an edge, or all of it. */
export type Grip = 'n' | 's' | 'e' | 'w' | 'ne' | 'nw' | 'se' | 'sw' | 'inside'

/** The box between two places in any order, in whole pixels of the frame and inside it; null where nothing of the frame is between them. */
export function boxBetween(a: Point, b: Point, frame: Size): SourceRectangle | null {
  const left = clamp(Math.floor(Math.min(a.x, b.x)), frame.width)
  const top = clamp(Math.floor(Math.min(a.y, b.y)), frame.height)
  const right = clamp(Math.ceil(Math.max(a.x, b.x)), frame.width)
  const bottom = clamp(Math.ceil(Math.max(a.y, b.y)), frame.height)
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null
}

/** The box after a grip was moved by so many pixels of the frame: at least one pixel, inside the frame. */
export function dragBox(
  box: SourceRectangle,
  { grip, by, frame }: { readonly grip: Grip; readonly by: Point; readonly frame: Size },
): SourceRectangle {
  const dx = Math.round(by.x)
  const dy = Math.round(by.y)
  if (grip === 'inside')
    return {
      ...box,
      x: Math.min(Math.max(box.x + dx, 0), frame.width - box.width),
      y: Math.min(Math.max(box.y + dy, 0), frame.height - box.height),
    }
  const right = box.x + box.width
  const bottom = box.y + box.height
  const left = grip.includes('w') ? Math.min(clamp(box.x + dx, frame.width), right - 1) : box.x
  const top = grip.includes('n') ? Math.min(clamp(box.y + dy, frame.height), bottom - 1) : box.y
  const newRight = grip.includes('e') ? Math.max(clamp(right + dx, frame.width), left + 1) : right
  const newBottom = grip.includes('s') ? Math.max(clamp(bottom + dy, frame.height), top + 1) : bottom
  return { x: left, y: top, width: newRight - left, height: newBottom - top }
}

/** The grip of a box under a place; null outside it. @param reach pixels of the frame around an edge that still take hold of it */
export function gripAt(
  box: SourceRectangle,
  { at, reach }: { readonly at: Point; readonly reach: number },
): Grip | null {
  const right = box.x + box.width
  const bottom = box.y + box.height
  if (at.x < box.x - reach || at.x > right + reach || at.y < box.y - reach || at.y > bottom + reach) return null
  const vertical = Math.abs(at.y - box.y) <= reach ? 'n' : Math.abs(at.y - bottom) <= reach ? 's' : ''
  const horizontal = Math.abs(at.x - box.x) <= reach ? 'w' : Math.abs(at.x - right) <= reach ? 'e' : ''
  const grip = `${vertical}${horizontal}`
  return grip === '' ? 'inside' : (grip as Grip)
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most)
