export interface ToastAction {
  readonly label: string
  readonly run: () => void
}

export interface Toast {
  readonly id: number
  readonly tone: 'good' | 'bad' | 'info'
  readonly text: string
  /** What can still be done about it. */
  readonly action: ToastAction | null
}

/** A failure has to be read, a success only noticed. */
const visibleMs = { good: 4000, info: 4000, bad: 8000 } as const
/** Time to decide, not only to read. */
const withActionMs = 12_000

/** Short messages for things that ended well, or ended badly on another screen. */
export class Toasts {
  #items = $state.raw<readonly Toast[]>([])
  #lastId = 0

  get items(): readonly Toast[] {
    return this.#items
  }

  show(tone: Toast['tone'], text: string, action: ToastAction | null = null): void {
    const id = (this.#lastId += 1)
    // The same words twice say nothing more.
    const others = this.#items.filter((toast) => toast.text !== text)
    this.#items = [...others.slice(-3), { id, tone, text, action }]
    setTimeout(
      () => {
        this.dismiss(id)
      },
      action === null ? visibleMs[tone] : withActionMs,
    )
  }

  dismiss(id: number): void {
    this.#items = this.#items.filter((toast) => toast.id !== id)
  }
}
