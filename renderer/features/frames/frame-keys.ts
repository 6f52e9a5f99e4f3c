import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { dragBox } from './box-shape.ts'
import type { Point, Size } from './viewport.ts'

/** What a key does on the screen of the frames. */
export type FrameKey =
  | { readonly kind: 'class'; readonly index: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'arrow'; readonly by: Point; readonly resize: boolean }
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'frame'; readonly by: 1 | -1 }
  | { readonly kind: 'fit' | 'single' | 'new' | 'remove' | 'undo' | 'deselect' }

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const plain: Readonly<Record<string, FrameKey>> = {
  '+': { kind: 'zoom', factor: 1.5 },
  '=': { kind: 'zoom', factor: 1.5 },
  '-': { kind: 'zoom', factor: 1 / 1.5 },
  '0': { kind: 'fit' },
  f: { kind: 'single' },
  b: { kind: 'new' },
  u: { kind: 'undo' },
  n: { kind: 'step', by: 1 },
  p: { kind: 'step', by: -1 },
  PageDown: { kind: 'frame', by: 1 },
  PageUp: { kind: 'frame', by: -1 },
  Delete: { kind: 'remove' },
  Backspace: { kind: 'remove' },
  Escape: { kind: 'deselect' },
}

/** Null for a key that does nothing here. */
export function readFrameKey({
  key,
  ctrlKey,
  metaKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): FrameKey | null {
  if (ctrlKey || metaKey) return key.toLowerCase() === 'z' ? { kind: 'undo' } : null
  const arrow = arrows[key]
  if (arrow !== undefined) return { kind: 'arrow', by: arrow, resize: shiftKey }
  if (/^[1-9]$/.test(key)) return { kind: 'class', index: Number(key) - 1 }
  return plain[key.length === 1 ? key.toLowerCase() : key] ?? null
}

/** A box that was moved by one press, or made larger or smaller at its right and lower edge: by a pixel of the screen, at least one of the frame. */
export function nudgeBox(
  box: SourceRectangle,
  {
    by,
    resize,
    frame,
    scale,
  }: { readonly by: Point; readonly resize: boolean; readonly frame: Size; readonly scale: number },
): SourceRectangle {
  const step = Math.max(1, Math.round(1 / scale))
  const moved = { x: by.x * step, y: by.y * step }
  return dragBox(box, { grip: resize ? 'se' : 'inside', by: moved, frame })
}
