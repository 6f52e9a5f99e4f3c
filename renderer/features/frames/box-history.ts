import type { FrameBoxId } from '../../../contract/ids.ts'
import type { FrameBox, FrameBoxInput } from '../../../contract/large-frames.ts'

/** How a change of the boxes is taken back. */
export type BoxUndo =
  | { readonly kind: 'remove'; readonly boxId: FrameBoxId }
  | { readonly kind: 'change'; readonly boxId: FrameBoxId; readonly to: FrameBoxInput }
  | { readonly kind: 'add'; readonly boxId: FrameBoxId; readonly box: FrameBoxInput }

/** The changes of a sitting at one frame, the newest last. A box that comes back has another id: earlier changes follow it. */
export class BoxHistory {
  #undos: readonly BoxUndo[] = []

  get isEmpty(): boolean {
    return this.#undos.length === 0
  }

  push(undo: BoxUndo): void {
    this.#undos = [...this.#undos, undo]
  }

  /** Takes the newest off. */
  pop(): BoxUndo | null {
    const newest = this.#undos.at(-1) ?? null
    this.#undos = this.#undos.slice(0, -1)
    return newest
  }

  rename(from: FrameBoxId, to: FrameBoxId): void {
    this.#undos = this.#undos.map((undo) => (undo.boxId === from ? { ...undo, boxId: to } : undo))
  }

  clear(): void {
    this.#undos = []
  }
}

export const inputOf = ({ className, box }: FrameBox): FrameBoxInput => ({ className, box })
