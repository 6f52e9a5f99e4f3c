import type { RunId } from '../../../contract/ids.ts'
import type { Metric, MetricName, MetricSeries } from '../../../contract/training.ts'
import { execute, inTransaction, selectAll } from './query.ts'
import type { Db, Params } from './query.ts'
import { thinSteps } from './thin-steps.ts'

export const maxMetricPoints = 2000
/** A metric with at most so many points: the few measurements of a short run. */
const fewPoints = 100

export interface MetricPoint {
  readonly step: number
  /** NaN and infinities are kept as a gap. */
  readonly metrics: readonly Metric[]
}

/** A step that is trained again after a resume replaces its old values. */
export function insertMetrics(db: Db, runId: RunId, points: readonly MetricPoint[]): void {
  inTransaction(db, () => {
    for (const { step, metrics } of points)
      for (const { name, className, value } of metrics)
        execute(
          db,
          `INSERT OR REPLACE INTO metrics (run_id, step, name, class_name, value)
           VALUES (:runId, :step, :name, :className, :value)`,
          {
            runId,
            step,
            name,
            className: className ?? ofTheRun,
            value: Number.isFinite(value) ? value : null,
          },
        )
  })
}

/** A class always has a name. */
const ofTheRun = ''

/** Forgets what came after `step`: a run continues from its checkpoint, and its curves with it. */
export const deleteMetricsAfter = (db: Db, { runId, step }: { readonly runId: RunId; readonly step: number }): number =>
  execute(db, 'DELETE FROM metrics WHERE run_id = :runId AND step > :step', { runId, step }).changes

/**
 * At most `maxMetricPoints` steps; the first and the last are always there. Steps that carry what is measured only now and then
 * stay before those with losses alone; each kind is thinned evenly.
 */
export function readMetrics(db: Db, runId: RunId): MetricSeries {
  const rows = selectAll<{ step: number; name: string; className: string; value: number | null }>(
    db,
    `SELECT m.step, m.name, m.class_name AS className, m.value FROM json_each(:steps) c CROSS JOIN metrics m
     ON m.run_id = :runId AND m.step = c.value ORDER BY m.step`,
    { runId, steps: JSON.stringify(stepsToRead(db, runId)) },
  )
  const steps = [...new Set(rows.map((row) => row.step))]
  const indexOf = new Map(steps.map((step, index) => [step, index]))
  const curves = new Map<string, MetricName & { values: (number | null)[] }>()
  for (const { step, name, className: stored, value } of rows) {
    const className = stored === ofTheRun ? null : stored
    const key = JSON.stringify([name, className])
    const curve = curves.get(key) ?? { name, className, values: new Array<number | null>(steps.length).fill(null) }
    curve.values[indexOf.get(step) ?? 0] = value
    curves.set(key, curve)
  }
  return { steps, curves: [...curves.values()] }
}

function stepsToRead(db: Db, runId: RunId): readonly number[] {
  const steps = listSteps(db, 'SELECT DISTINCT step FROM metrics WHERE run_id = :runId ORDER BY step', { runId })
  if (steps.length <= maxMetricPoints) return steps
  const counted = selectAll<{ name: string; points: number }>(
    db,
    'SELECT name, COUNT(DISTINCT step) AS points FROM metrics WHERE run_id = :runId GROUP BY name',
    { runId },
  )
  const stepsWith = (mostPoints: number): readonly number[] =>
    listSteps(
      db,
      `SELECT DISTINCT step FROM metrics
       WHERE run_id = :runId AND name IN (SELECT value FROM json_each(:names)) ORDER BY step`,
      { runId, names: JSON.stringify(counted.filter(({ points }) => points <= mostPoints).map(({ name }) => name)) },
    )
  return thinSteps(steps, { rare: stepsWith(fewPoints), sparse: stepsWith(steps.length / 2), most: maxMetricPoints })
}

const listSteps = (db: Db, sql: string, params: Params): readonly number[] =>
  selectAll<{ step: number }>(db, sql, params).map(({ step }) => step)
