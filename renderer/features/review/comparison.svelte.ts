export type CompareMode = 'beside' | 'flicker' | 'difference'

const zooms = [1, 2, 3, 4, 6, 8] as const

/** How a candidate and the real images beside it are looked at: all of them the same way, and the next candidate, too. */
export class Comparison {
  #mode = $state.raw<CompareMode>('beside')
  #isSmooth = $state.raw(false)
  #zoom = $state.raw(1)
  /** The place that stays where it is, as shares of the edge. */
  #origin = $state.raw({ x: 0.5, y: 0.5 })

  get mode(): CompareMode {
    return this.#mode
  }
  get isSmooth(): boolean {
    return this.#isSmooth
  }
  get zoom(): number {
    return this.#zoom
  }
  get origin(): { readonly x: number; readonly y: number } {
    return this.#origin
  }

  /** The mode, or side by side again where it is on. */
  toggle(mode: Exclude<CompareMode, 'beside'>): void {
    this.#mode = this.#mode === mode ? 'beside' : mode
  }
  setMode(mode: CompareMode): void {
    this.#mode = mode
  }
  toggleSmooth(): void {
    this.#isSmooth = !this.#isSmooth
  }
  zoomBy(steps: 1 | -1, at: { readonly x: number; readonly y: number } = this.#origin): void {
    const place = zooms.findIndex((zoom) => zoom === this.#zoom) + steps
    const next = zooms[Math.max(0, Math.min(zooms.length - 1, place))] ?? 1
    if (next === 1) this.#origin = { x: 0.5, y: 0.5 }
    else if (this.#zoom === 1) this.#origin = at
    this.#zoom = next
  }
  /** Moves what is seen, by shares of the edge. */
  pan({ x, y }: { readonly x: number; readonly y: number }): void {
    if (this.#zoom === 1) return
    const within = (value: number): number => Math.max(0, Math.min(1, value))
    const slow = this.#zoom - 1
    this.#origin = { x: within(this.#origin.x - x / slow), y: within(this.#origin.y - y / slow) }
  }
}
