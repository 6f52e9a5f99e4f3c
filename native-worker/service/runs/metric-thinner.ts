import type { MetricName } from '../../../contract/training.ts'
import type { MetricPoint } from '../../project/storage/metrics.ts'

const intervalMs = 1000

interface Sum {
  readonly metric: MetricName
  readonly sum: number
  readonly count: number
}

/**
 * Means over a second of reports: what the database keeps of metrics that arrive up to ten times a second.
 * A night of training stays under 100,000 rows a metric. A report with something that the one before it lacked, such as coverage,
 * ends its second early: what is measured only now and then keeps its own step.
 */
export class MetricThinner {
  #startedAt: number | null = null
  #sums = new Map<string, Sum>()
  #step = 0
  /** What the report before had; null before the first. */
  #usual: ReadonlySet<string> | null = null

  /** Returns a point once a second has passed or something else was measured, else null. */
  add({ step, metrics }: MetricPoint, nowMs = Date.now()): MetricPoint | null {
    this.#startedAt ??= nowMs
    this.#step = step
    const usual = this.#usual
    this.#usual = new Set(metrics.map(keyOf))
    const isSpecial = usual !== null && metrics.some((metric) => !usual.has(keyOf(metric)))
    for (const metric of metrics) {
      const { sum, count } = this.#sums.get(keyOf(metric)) ?? { sum: 0, count: 0 }
      this.#sums.set(keyOf(metric), { metric, sum: sum + metric.value, count: count + 1 })
    }
    return isSpecial || nowMs - this.#startedAt >= intervalMs ? this.flush() : null
  }

  /** What has gathered since the last point; null where nothing has. */
  flush(): MetricPoint | null {
    if (this.#sums.size === 0) return null
    const metrics = [...this.#sums.values()].map(({ metric: { name, className }, sum, count }) => ({
      name,
      className,
      value: sum / count,
    }))
    this.#sums = new Map()
    this.#startedAt = null
    return { step: this.#step, metrics }
  }
}

const keyOf = ({ name, className }: MetricName): string => JSON.stringify([name, className])
