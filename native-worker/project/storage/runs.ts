import * as v from 'valibot'
import type { EngineName } from '../../../contract/engines.ts'
import { FailureCause, FlawsmithError } from '../../../contract/errors.ts'
import type { ClassId, RunId } from '../../../contract/ids.ts'
import type { WaitReason } from '../../../contract/schedule.ts'
import type { RecipeId, RunDetails, RunEnd, RunStatus, RunSummary } from '../../../contract/training.ts'
import { ParameterValues } from '../../../contract/training.ts'
import { parseColumn } from './parse-column.ts'
import { execute, inTransaction, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'
import { readRunOrigin } from './run-origins.ts'
import { listRollbacks } from './rollbacks.ts'

/** What the database says of a run; the rest is in its folder. */
export type RecordedRun = Omit<RunDetails, 'excludedSince' | 'drawable'>

export interface NewRun {
  readonly recipe: RecipeId
  /** Null where the recipe learns all classes. */
  readonly classId: ClassId | null
  readonly status: Extract<RunStatus, 'queued' | 'running'>
  /** Pixels an edge of what it learns from and draws; those of the project if left out. */
  readonly size?: number
  readonly engine: EngineName
  readonly seed: number
  readonly parameters: ParameterValues
  readonly versions: Readonly<Record<string, string>>
  readonly classNames: readonly string[]
  /** Images the run learns from. */
  readonly datasetSize: number
  readonly targetSteps: number | null
  readonly targetMinutes: number | null
}

const classIdsOf = (db: Db, names: readonly string[]): (number | null)[] =>
  names.map((name) => selectOne<{ id: number }>(db, 'SELECT id FROM classes WHERE name = :name', { name })?.id ?? null)

export function insertRun(db: Db, run: NewRun): RunSummary {
  return inTransaction(db, () => {
    const { id } = execute(
      db,
      `INSERT INTO runs (recipe, class_id, status, engine, seed, parameters, versions, class_names, class_ids, dataset_size,
                         target_steps, target_minutes, learned_from, size, created_at)
       VALUES (:recipe, :classId, :status, :engine, :seed, :parameters, :versions, :classNames, :classIds, :datasetSize,
               :targetSteps, :targetMinutes, 'train', COALESCE(:size, (SELECT size FROM project)), :createdAt)`,
      {
        ...run,
        size: run.size ?? null,
        parameters: JSON.stringify(run.parameters),
        versions: JSON.stringify(run.versions),
        classNames: JSON.stringify(run.classNames),
        classIds: JSON.stringify(classIdsOf(db, run.classNames)),
        createdAt: new Date().toISOString(),
      },
    )
    recordRow(db, 'runs', id)
    return getRun(db, id as RunId)
  })
}

/** A run that ended waits for its turn again, with new limits; `continueFrom` is the step of a checkpoint. */
export function queueRun(
  db: Db,
  run: {
    readonly runId: RunId
    readonly targetSteps: number | null
    readonly targetMinutes: number | null
    readonly continueFrom: number | null
  },
): RunSummary {
  execute(
    db,
    `UPDATE runs SET status = 'queued', target_steps = :targetSteps, target_minutes = :targetMinutes,
       continue_from = :continueFrom, waits_for = NULL, ended_at = NULL, ended_by = NULL, message = NULL,
       failure = NULL
     WHERE id = :runId`,
    run,
  )
  return getRun(db, run.runId)
}

/** Why a run that shall train does not, or will soon not: recorded at once, so that it waits again whatever happens. */
export function markWaiting(
  db: Db,
  { runId, waitsFor }: { readonly runId: RunId; readonly waitsFor: WaitReason | null },
): RunSummary {
  execute(db, 'UPDATE runs SET waits_for = :waitsFor WHERE id = :runId', { runId, waitsFor })
  return getRun(db, runId)
}

/** The schedule has ended a sitting: the run waits in the queue. */
export function holdRun(db: Db, runId: RunId): RunSummary {
  execute(db, `UPDATE runs SET status = 'queued' WHERE id = :runId`, { runId })
  return getRun(db, runId)
}

/** Runs that waited for the schedule when they were last heard of, oldest first. */
export const listWaitingRuns = (db: Db): RunSummary[] =>
  selectAll<SummaryRow>(
    db,
    `SELECT ${summaryColumns} FROM runs r LEFT JOIN classes c ON c.id = r.class_id
     WHERE r.status = 'queued' AND r.waits_for IS NOT NULL ORDER BY r.id`,
  ).map(parseSummary)

/** The checkpoint a queued run was asked to continue from; null where that is the newest, or none. */
export const continueFromOf = (db: Db, runId: RunId): number | null =>
  selectOne<{ step: number | null }>(db, 'SELECT continue_from AS step FROM runs WHERE id = :runId', { runId })?.step ??
  null

/** The trainer has begun; `versions` is everything that decides its numbers. */
export function startRun(
  db: Db,
  run: { readonly runId: RunId; readonly versions: Readonly<Record<string, string>> },
): RunSummary {
  execute(db, `UPDATE runs SET status = 'running', continue_from = NULL, versions = :versions WHERE id = :runId`, {
    runId: run.runId,
    versions: JSON.stringify(run.versions),
  })
  return getRun(db, run.runId)
}

export function updateRunProgress(
  db: Db,
  progress: {
    readonly runId: RunId
    readonly step: number
    readonly seconds: number
    readonly stepsPerSecond: number | null
    readonly lastMetrics: RunSummary['lastMetrics']
  },
): void {
  execute(
    db,
    `UPDATE runs SET step = :step, seconds = :seconds, steps_per_second = :stepsPerSecond, last_metrics = :lastMetrics
     WHERE id = :runId`,
    { ...progress, lastMetrics: JSON.stringify(progress.lastMetrics) },
  )
}

/** What a run has to say while it goes on. */
export function noteRun(db: Db, run: { readonly runId: RunId; readonly message: string }): RunSummary {
  execute(db, 'UPDATE runs SET message = :message WHERE id = :runId', run)
  return getRun(db, run.runId)
}

export function finishRun(
  db: Db,
  run: {
    readonly runId: RunId
    readonly status: Exclude<RunStatus, 'queued' | 'running'>
    readonly end: RunEnd | null
    readonly message: string | null
    readonly failure: FailureCause | null
    /** Now unless it could not be recorded at once. */
    readonly endedAt?: string
  },
): RunSummary {
  execute(
    db,
    `UPDATE runs SET status = :status, waits_for = NULL, ended_by = :end, message = :message, failure = :failure,
       ended_at = :endedAt
     WHERE id = :runId`,
    { endedAt: new Date().toISOString(), ...run, failure: run.failure && JSON.stringify(run.failure) },
  )
  return getRun(db, run.runId)
}

export function annotateRun(db: Db, { runId, note }: { readonly runId: RunId; readonly note: string }): RecordedRun {
  execute(db, 'UPDATE runs SET note = :note WHERE id = :runId', { runId, note })
  return getRunDetails(db, runId)
}

/**
 * Nothing trains in a project that has just been opened: whatever says so was cut off. What waited for the schedule, or
 * was about to, waits on; the others are interrupted. Returns the runs that were cut off.
 */
export function settleCutOffRuns(db: Db): readonly RunId[] {
  const waiting = selectAll<{ id: RunId }>(
    db,
    `UPDATE runs SET status = 'queued' WHERE status = 'running' AND waits_for IS NOT NULL RETURNING id`,
  )
  const interrupted = selectAll<{ id: RunId }>(
    db,
    `UPDATE runs SET status = 'interrupted', ended_by = 'died', ended_at = :endedAt
     WHERE status IN ('queued', 'running') AND waits_for IS NULL RETURNING id`,
    { endedAt: new Date().toISOString() },
  )
  return [...waiting, ...interrupted].map(({ id }) => id)
}

const summaryColumns = `
  r.id, r.recipe, r.class_id AS classId, c.name AS className, r.status, r.waits_for AS waitsFor, r.engine, r.seed,
  r.step,
  r.target_steps AS targetSteps, r.target_minutes AS targetMinutes, r.seconds, r.steps_per_second AS stepsPerSecond,
  r.last_metrics AS lastMetrics, r.created_at AS createdAt, r.ended_at AS endedAt, r.ended_by AS "end",
  (SELECT k.step FROM checkpoints k WHERE k.run_id = r.id ORDER BY k.id DESC LIMIT 1) AS checkpointStep, r.message, r.failure,
  r.note <> '' AS hasNote, r.learned_from AS learnedFrom, r.size`

type SummaryRow = Omit<RunSummary, 'lastMetrics' | 'failure' | 'hasNote' | 'isEndRecorded'> & {
  readonly lastMetrics: string
  readonly failure: string | null
  readonly hasNote: number
}
type DetailsRow = SummaryRow & {
  readonly parameters: string
  readonly versions: string
  readonly classNames: string
  readonly datasetSize: number
  readonly note: string
}

const LastMetrics = v.array(v.object({ name: v.string(), className: v.nullable(v.string()), value: v.number() }))
const Versions = v.record(v.string(), v.string())
const ClassNames = v.array(v.string())

const parseSummary = (row: SummaryRow): RunSummary => ({
  ...row,
  lastMetrics: parseColumn(LastMetrics, { column: 'runs.last_metrics', json: row.lastMetrics }),
  failure: row.failure === null ? null : parseColumn(FailureCause, { column: 'runs.failure', json: row.failure }),
  hasNote: row.hasNote === 1,
  isEndRecorded: true,
})

const notFound = (runId: RunId): FlawsmithError =>
  new FlawsmithError('run_not_found', `There is no run ${runId} in this project.`, { runId })

/** Which of the classes a run learned is the one of that id now, by its place among `RunDetails.classNames`; -1 for none. */
export function learnedClassIndex(
  db: Db,
  { runId, classId }: { readonly runId: RunId; readonly classId: ClassId },
): number {
  const row = selectOne<{ place: number }>(
    db,
    `SELECT n.key AS place FROM runs r, json_each(r.class_ids) n JOIN classes c ON c.id = n.value
     WHERE r.id = :runId AND (c.id = :classId OR c.merged_into = :classId) ORDER BY c.id = :classId DESC, n.key LIMIT 1`,
    { runId, classId },
  )
  return row?.place ?? -1
}

/** Newest first. */
export const listRuns = (db: Db): RunSummary[] =>
  selectAll<SummaryRow>(
    db,
    `SELECT ${summaryColumns} FROM runs r LEFT JOIN classes c ON c.id = r.class_id ORDER BY r.id DESC`,
  ).map(parseSummary)

export function getRun(db: Db, runId: RunId): RunSummary {
  const row = selectOne<SummaryRow>(
    db,
    `SELECT ${summaryColumns} FROM runs r LEFT JOIN classes c ON c.id = r.class_id WHERE r.id = :runId`,
    { runId },
  )
  if (row === undefined) throw notFound(runId)
  return parseSummary(row)
}

export function getRunDetails(db: Db, runId: RunId): RecordedRun {
  const row = selectOne<DetailsRow>(
    db,
    `SELECT ${summaryColumns}, r.parameters, r.versions, r.class_names AS classNames, r.dataset_size AS datasetSize, r.note
     FROM runs r LEFT JOIN classes c ON c.id = r.class_id WHERE r.id = :runId`,
    { runId },
  )
  if (row === undefined) throw notFound(runId)
  return {
    ...parseSummary(row),
    parameters: parseColumn(ParameterValues, { column: 'runs.parameters', json: row.parameters }),
    versions: parseColumn(Versions, { column: 'runs.versions', json: row.versions }),
    classNames: parseColumn(ClassNames, { column: 'runs.class_names', json: row.classNames }),
    datasetSize: row.datasetSize,
    note: row.note,
    rollbacks: listRollbacks(db, runId),
    origin: readRunOrigin(db, runId),
  }
}
