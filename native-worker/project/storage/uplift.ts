import * as v from 'valibot'
import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import type { UpliftCellResult } from '../../../contract/uplift-cells.ts'
import { UpliftResult, UpliftWish, type UpliftClassChange } from '../../../contract/uplift.ts'
import { possibleInterval } from '../../metrics/uplift/possible-interval.ts'
import { parseColumn } from './parse-column.ts'
import { execute, inTransaction, selectAll, selectOne, selectRow } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

const Chosen = v.strictObject({ updates: v.number(), atPlateau: v.boolean() })

export interface UpliftPlanRow {
  readonly id: number
  /** What was chosen before it was cut off. */
  readonly chosen: v.InferOutput<typeof Chosen> | null
}

/** The measurement of that name, made when there is none. */
export const ensureUpliftPlan = (
  db: Db,
  { sha256, wish }: { readonly sha256: Sha256; readonly wish: UpliftWish },
): UpliftPlanRow =>
  inTransaction(db, () => {
    execute(
      db,
      `INSERT INTO uplift_plans (sha256, wish, created_at) VALUES (:sha256, :wish, :createdAt)
       ON CONFLICT (sha256) DO NOTHING`,
      { sha256, wish: JSON.stringify(wish), createdAt: new Date().toISOString() },
    )
    const { id, chosen } = selectRow<{ id: number; chosen: string | null }>(
      db,
      'SELECT id, chosen FROM uplift_plans WHERE sha256 = :sha256',
      { sha256 },
    )
    return {
      id,
      chosen: chosen === null ? null : parseColumn(Chosen, { column: 'uplift_plans.chosen', json: chosen }),
    }
  })

export const recordChosenUpdates = (
  db: Db,
  { planId, ...chosen }: v.InferOutput<typeof Chosen> & { readonly planId: number },
): void => {
  execute(db, 'UPDATE uplift_plans SET chosen = :chosen WHERE id = :planId', {
    planId,
    chosen: JSON.stringify(chosen),
  })
}

const Predicted = v.array(v.pipe(v.number(), v.integer(), v.minValue(0)))

/** What is known of a training already; null where it has not been made. */
export function findUpliftCell(db: Db, key: Sha256): UpliftCellResult | null {
  const row = selectOne<{ predicted: string; seconds: number }>(
    db,
    'SELECT predicted, seconds FROM uplift_cells WHERE key = :key',
    { key },
  )
  if (row === undefined) return null
  const predicted = parseColumn(Predicted, { column: 'uplift_cells.predicted', json: row.predicted })
  return { key, predicted, seconds: row.seconds }
}

export const insertUpliftCell = (
  db: Db,
  { planId, key, predicted, seconds }: UpliftCellResult & { readonly planId: number },
): void => {
  execute(
    db,
    `INSERT INTO uplift_cells (key, plan_id, predicted, seconds, measured_at)
     VALUES (:key, :planId, :predicted, :seconds, :measuredAt) ON CONFLICT (key) DO NOTHING`,
    { key, planId, predicted: JSON.stringify(predicted), seconds, measuredAt: new Date().toISOString() },
  )
}

export const insertUpliftVerdict = (
  db: Db,
  { planId, result }: { readonly planId: number; readonly result: UpliftResult },
): void =>
  inTransaction(db, () => {
    const { id } = execute(
      db,
      'INSERT INTO uplift_verdicts (plan_id, result, measured_at) VALUES (:planId, :result, :measuredAt)',
      { planId, result: JSON.stringify(result), measuredAt: result.measuredAt },
    )
    recordRow(db, 'uplift_verdicts', id)
  })

/** The newest verdict, its classes as they are called today; null before the first. */
export function lastUpliftVerdict(db: Db): UpliftResult | null {
  const row = selectOne<{ result: string }>(
    db,
    `SELECT result FROM uplift_verdicts
     ORDER BY json_extract(result, '$.verdict.overall') = 'notMeasured', id DESC LIMIT 1`,
  )
  return row === undefined ? null : withNamesOfToday(db, readResult(row.result))
}

/** All verdicts, the oldest first. */
export const listUpliftVerdicts = (db: Db): readonly UpliftResult[] =>
  selectAll<{ result: string }>(db, 'SELECT result FROM uplift_verdicts ORDER BY id').map(({ result }) =>
    readResult(result),
  )

const readResult = (json: string): UpliftResult =>
  asFarAsPossible(parseColumn(UpliftResult, { column: 'uplift_verdicts.result', json }))

/** Intervals of older versions reach beyond what is possible. */
function asFarAsPossible(result: UpliftResult): UpliftResult {
  const { macroF1: reference } = result.reference
  const change = (each: UpliftClassChange): UpliftClassChange => {
    const { low, high, referenceRecall, tooNoisy } = each
    if (tooNoisy !== undefined || low === null || high === null || referenceRecall === null) return each
    return { ...each, ...possibleInterval({ low, high }, { reference: referenceRecall }) }
  }
  return {
    ...result,
    arms: result.arms.map((arm) => ({
      ...arm,
      ...(arm.tooNoisy === undefined ? possibleInterval(arm, { reference }) : {}),
      perClass: arm.perClass.map(change),
    })),
    verdict: { ...result.verdict, perClass: result.verdict.perClass.map(change) },
  }
}

/** Its classes as they are called today: a class is the same one under another name. */
function withNamesOfToday(db: Db, result: UpliftResult): UpliftResult {
  const today = new Map(
    selectAll<{ id: ClassId; name: string }>(db, 'SELECT id, name FROM classes').map(({ id, name }) => [id, name]),
  )
  const names = new Map(result.classes.map(({ classId, name }) => [name, today.get(classId) ?? name]))
  const rename = <Named extends { readonly name: string }>(each: Named): Named => ({
    ...each,
    name: names.get(each.name) ?? each.name,
  })
  const renameAll = (all: readonly string[]): readonly string[] => all.map((name) => names.get(name) ?? name)
  return {
    ...result,
    classes: result.classes.map(rename),
    arms: result.arms.map((arm) => ({ ...arm, losers: renameAll(arm.losers), perClass: arm.perClass.map(rename) })),
    verdict: {
      ...result.verdict,
      perClass: result.verdict.perClass.map(rename),
      unjudged: renameAll(result.verdict.unjudged),
    },
  }
}

/** The newest measurement that has no verdict, where nothing newer has one. */
export function unfinishedUplift(db: Db): { readonly wish: UpliftWish; readonly cells: number } | null {
  const row = selectAll<{ wish: string; cells: number }>(
    db,
    `SELECT p.wish, (SELECT COUNT(*) FROM uplift_cells c WHERE c.plan_id = p.id) AS cells
     FROM uplift_plans p
     WHERE p.id = (SELECT MAX(id) FROM uplift_plans)
       AND NOT EXISTS (SELECT 1 FROM uplift_verdicts d WHERE d.plan_id = p.id)`,
  )[0]
  return row === undefined
    ? null
    : { wish: parseColumn(UpliftWish, { column: 'uplift_plans.wish', json: row.wish }), cells: row.cells }
}
