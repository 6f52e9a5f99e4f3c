const intervalMs = 1000

interface Point {
  readonly step: number
  readonly values: Readonly<Record<string, number>>
}

/**
 * Means over a second of reports: what the database keeps of metrics that arrive up to ten times a second.
 * A night of training stays under 100,000 rows a metric. A report with something that the one before it lacked, such as coverage,
 * ends its second early: what is measured only now and then keeps its own step.
 */
export class MetricThinner {
  #startedAt: number | null = null
  #sums = new Map<string, { sum: number; count: number }>()
  #step = 0
  /** Names in the report before; null before the first. */
  #usual: ReadonlySet<string> | null = null

  /** Returns a point once a second has passed or something else was measured, else null. */
  add({ step, values }: Point, nowMs = Date.now()): Point | null {
    this.#startedAt ??= nowMs
    this.#step = step
    const names = Object.keys(values)
    const usual = this.#usual
    const isSpecial = usual !== null && names.some((name) => !usual.has(name))
    this.#usual = new Set(names)
    for (const [name, value] of Object.entries(values)) {
      const { sum, count } = this.#sums.get(name) ?? { sum: 0, count: 0 }
      this.#sums.set(name, { sum: sum + value, count: count + 1 })
    }
    return isSpecial || nowMs - this.#startedAt >= intervalMs ? this.flush() : null
  }

  /** What has gathered since the last point; null where nothing has. */
  flush(): Point | null {
    if (this.#sums.size === 0) return null
    const values = Object.fromEntries([...this.#sums].map(([name, { sum, count }]) => [name, sum / count]))
    this.#sums = new Map()
    this.#startedAt = null
    return { step: this.#step, values }
  }
}
