import type { RunId } from '../../contract/ids.ts'
import type { MetricSeries } from '../../contract/training.ts'
import { execute, inTransaction, selectAll } from './query.ts'
import type { Db } from './query.ts'

export const maxMetricPoints = 2000

export interface MetricPoint {
  readonly step: number
  /** NaN and infinities are kept as a gap. */
  readonly values: Readonly<Record<string, number>>
}

/** A step that is trained again after a resume replaces its old values. */
export function insertMetrics(db: Db, runId: RunId, points: readonly MetricPoint[]): void {
  inTransaction(db, () => {
    for (const { step, values } of points)
      for (const [name, value] of Object.entries(values))
        execute(
          db,
          'INSERT OR REPLACE INTO metrics (run_id, step, name, value) VALUES (:runId, :step, :name, :value)',
          {
            runId,
            step,
            name,
            value: Number.isFinite(value) ? value : null,
          },
        )
  })
}

/** Forgets what came after `step`: a run continues from its checkpoint, and its curves with it. */
export const deleteMetricsAfter = (db: Db, { runId, step }: { readonly runId: RunId; readonly step: number }): number =>
  execute(db, 'DELETE FROM metrics WHERE run_id = :runId AND step > :step', { runId, step }).changes

/** At most `maxMetricPoints` steps, evenly thinned; the first and the last are always there. */
export function readMetrics(db: Db, runId: RunId): MetricSeries {
  const rows = selectAll<{ step: number; name: string; value: number | null }>(
    db,
    `WITH
       numbered AS (
         SELECT step, ROW_NUMBER() OVER (ORDER BY step) - 1 AS i, COUNT(*) OVER () AS n
         FROM (SELECT DISTINCT step FROM metrics WHERE run_id = :runId)
       ),
       chosen AS (
         SELECT step FROM numbered
         WHERE n <= :max OR i = 0
            OR (i + 1) * CAST(:max - 1 AS INTEGER) / n <> i * CAST(:max - 1 AS INTEGER) / n
       )
     SELECT m.step, m.name, m.value FROM chosen CROSS JOIN metrics m ON m.run_id = :runId AND m.step = chosen.step
     ORDER BY m.step`,
    { runId, max: maxMetricPoints },
  )
  const steps = [...new Set(rows.map((row) => row.step))]
  const indexOf = new Map(steps.map((step, index) => [step, index]))
  const values: Record<string, (number | null)[]> = {}
  for (const { step, name, value } of rows) {
    const series = (values[name] ??= new Array<number | null>(steps.length).fill(null))
    series[indexOf.get(step) ?? 0] = value
  }
  return { steps, values }
}
