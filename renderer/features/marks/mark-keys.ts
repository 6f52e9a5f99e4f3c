export type MarkCommand =
  | {
      readonly kind:
        'accept' | 'skip' | 'draw' | 'next' | 'previous' | 'undo' | 'remove' | 'zoom-in' | 'zoom-out' | 'zoom-fit'
    }
  | { readonly kind: 'select' }
  | { readonly kind: 'tool'; readonly tool: MarkTool }
  | { readonly kind: 'brush'; readonly factor: number }
  /** In pixels of the source. */
  | { readonly kind: 'move' | 'resize'; readonly x: number; readonly y: number }

export const markTools = ['rectangle', 'brush', 'eraser'] as const
export type MarkTool = (typeof markTools)[number]

export interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly repeat: boolean
}

const arrows: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/**
 * What a key means on the Marks tab; null where it means nothing. A held key moves a mark, but answers nothing: an answer is one
 * press for one image that was seen.
 */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey, repeat }: PressedKey): MarkCommand | null {
  const withControl = ctrlKey || metaKey
  const arrow = arrows[key]
  if (arrow !== undefined && !altKey) {
    const pixels = shiftKey ? 10 : 1
    return { kind: withControl ? 'resize' : 'move', x: arrow.x * pixels, y: arrow.y * pixels }
  }
  if (altKey) return null
  if (withControl) return key.toLowerCase() === 'z' && !shiftKey && !repeat ? { kind: 'undo' } : null
  if (key === '+' || key === '=') return { kind: 'zoom-in' }
  if (key === '-') return { kind: 'zoom-out' }
  if (key === '[') return { kind: 'brush', factor: 0.8 }
  if (key === ']') return { kind: 'brush', factor: 1.25 }
  if (repeat) return null
  switch (key.toLowerCase()) {
    case 'a':
    case 'enter':
      return { kind: 'accept' }
    case 's':
      return { kind: 'skip' }
    case 'n':
      return { kind: 'next' }
    case 'p':
      return { kind: 'previous' }
    case 'u':
      return { kind: 'undo' }
    case 'delete':
    case 'backspace':
      return { kind: 'remove' }
    case 'd':
      return { kind: 'draw' }
    case 'm':
      return { kind: 'select' }
    case 'r':
      return { kind: 'tool', tool: 'rectangle' }
    case 'b':
      return { kind: 'tool', tool: 'brush' }
    case 'e':
      return { kind: 'tool', tool: 'eraser' }
    case '0':
      return { kind: 'zoom-fit' }
    default:
      return null
  }
}
