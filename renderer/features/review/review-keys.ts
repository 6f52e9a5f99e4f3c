import type { RejectReason } from '../../../contract/samples.ts'

/** Reasons by digit key; `R` alone rejects without one. */
export const reasonKeys: readonly { readonly key: string; readonly reason: RejectReason }[] = [
  { key: '1', reason: 'defect_absent' },
  { key: '2', reason: 'wrong_class' },
  { key: '3', reason: 'artefact' },
  { key: '4', reason: 'copy' },
  { key: '5', reason: 'background_broken' },
  { key: '6', reason: 'unspecified' },
]

export type ReviewCommand =
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject'; readonly reason: RejectReason }
  | { readonly kind: 'undo' }
  | { readonly kind: 'toggle-view' }
  /** Lets what the gate holds back into the queue. */
  | { readonly kind: 'release' }
  | { readonly kind: 'compare'; readonly mode: 'flicker' | 'difference' }
  | { readonly kind: 'smooth' }
  | { readonly kind: 'zoom'; readonly steps: 1 | -1 }
  | { readonly kind: 'select-all' }
  | { readonly kind: 'move'; readonly key: string }

export type Deciding = Extract<ReviewCommand, { kind: 'accept' | 'reject' | 'release' }>

/** A command about candidates: the current one, or those that are selected. */
export const isDeciding = (command: ReviewCommand): command is Deciding =>
  command.kind === 'accept' || command.kind === 'reject' || command.kind === 'release'

export interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly repeat: boolean
}

const moves: readonly string[] = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]

/**
 * What a key means on the review screen; null where it means nothing. A held key moves, but never decides:
 * a decision is one press for one image that was seen.
 */
export function commandOf({ key, ctrlKey, metaKey, altKey, repeat }: PressedKey): ReviewCommand | null {
  if (altKey) return null
  if (ctrlKey || metaKey) {
    if (repeat) return null
    const letter = key.toLowerCase()
    return letter === 'z' ? { kind: 'undo' } : letter === 'a' ? { kind: 'select-all' } : null
  }
  if (moves.includes(key)) return { kind: 'move', key }
  if (repeat) return null
  const reason = reasonKeys.find((entry) => entry.key === key)?.reason
  if (reason !== undefined) return { kind: 'reject', reason }
  switch (key.toLowerCase()) {
    case 'a':
      return { kind: 'accept' }
    case 'r':
      return { kind: 'reject', reason: 'unspecified' }
    case 'u':
      return { kind: 'undo' }
    case 'l':
      return { kind: 'release' }
    case 'f':
      return { kind: 'compare', mode: 'flicker' }
    case 'd':
      return { kind: 'compare', mode: 'difference' }
    case 'p':
      return { kind: 'smooth' }
    case '+':
    case '=':
      return { kind: 'zoom', steps: 1 }
    case '-':
      return { kind: 'zoom', steps: -1 }
    case 'g':
    case 'enter':
      return { kind: 'toggle-view' }
    default:
      return null
  }
}
