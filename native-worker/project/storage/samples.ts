import * as v from 'valibot'
import type { Page } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassId, RunId, SampleId, Sha256 } from '../../../contract/ids.ts'
import { MaskRuns } from '../../../contract/marks.ts'
import type { ReviewCounts, Sample, SampleQueue } from '../../../contract/samples.ts'
import { GateReason, type SampleOrderName } from '../../../contract/scores.ts'
import type { GeneratedImage } from '../../../contract/trainer.ts'
import { listClasses } from './classes.ts'
import { execute, inTransaction, selectAll, selectOne, selectRow } from './query.ts'
import type { Db } from './query.ts'
import { recordRows } from './record.ts'
import { parseScores, scoresOfSample, scoreToSortBy } from './sample-scores.ts'
import { parseColumn } from './parse-column.ts'

/** A candidate of a class that was merged counts as one of the class it was merged into. */
const columns = `
  id, run_id AS runId, COALESCE((SELECT c.merged_into FROM classes c WHERE c.id = samples.class_id), class_id) AS classId,
  sha256, seed, state, reason, gate, released, quality, doubt, ${scoresOfSample} AS scores`
const ofClass = 'class_id IN (SELECT c.id FROM classes c WHERE c.id = :classId OR c.merged_into = :classId)'

interface SampleRow extends Omit<Sample, 'gate' | 'isReleased' | 'scores'> {
  readonly gate: string | null
  readonly released: 0 | 1
  readonly scores: string
}

const asSample = ({ gate, released, scores, ...row }: SampleRow): Sample => ({
  ...row,
  gate: gate === null ? [] : parseColumn(v.array(GateReason), { column: 'samples.gate', json: gate }),
  isReleased: released === 1,
  scores: parseScores(scores),
})

export interface GeneratedSamples {
  readonly runId: RunId
  readonly checkpointStep: number
  /** Of the checkpoint's file, which is deleted long before the sample. */
  readonly checkpointSha256: Sha256
  readonly classId: ClassId
  readonly images: readonly GeneratedImage[]
}

/**
 * Records candidates in one transaction. A seed that was drawn before from the same checkpoint is the same sample:
 * its id is given back and its decision stays.
 */
export const insertSamples = (
  db: Db,
  { runId, checkpointStep, checkpointSha256, classId, images }: GeneratedSamples,
): SampleId[] =>
  inTransaction(db, () => {
    const createdAt = new Date().toISOString()
    const added: number[] = []
    const ids = images.map(({ seed, sha256, mask }) => {
      const key = { runId, checkpointStep, classId, seed }
      const { changes, id } = execute(
        db,
        `INSERT INTO samples (run_id, checkpoint_step, checkpoint_sha256, class_id, seed, sha256, created_at)
         VALUES (:runId, :checkpointStep, :checkpointSha256, :classId, :seed, :sha256, :createdAt)
         ON CONFLICT (run_id, checkpoint_step, class_id, seed) DO NOTHING`,
        { ...key, checkpointSha256, sha256, createdAt },
      )
      if (changes > 0) {
        added.push(id)
        if (mask !== undefined)
          execute(db, 'INSERT INTO sample_masks (sample_id, runs) VALUES (:id, :runs)', {
            id,
            runs: JSON.stringify(mask),
          })
      }
      return selectRow<{ id: SampleId }>(
        db,
        `SELECT id FROM samples
         WHERE run_id = :runId AND checkpoint_step = :checkpointStep AND class_id = :classId AND seed = :seed`,
        key,
      ).id
    })
    const [firstId] = added
    const lastId = added.at(-1)
    if (firstId !== undefined && lastId !== undefined) recordRows(db, { kind: 'samples', firstId, lastId })
    return ids
  })

/** Where the recipe put the defect of an accepted sample, in the whole picture; null where it does not know. */
export function readMaskOfAccepted(db: Db, sha256: Sha256): MaskRuns | null {
  const found = selectOne<{ runs: string }>(
    db,
    `SELECT m.runs FROM samples s JOIN sample_masks m ON m.sample_id = s.id
     WHERE s.sha256 = :sha256 AND s.state = 'accepted' ORDER BY s.id LIMIT 1`,
    { sha256 },
  )
  return found === undefined ? null : v.parse(MaskRuns, JSON.parse(found.runs))
}

/** Whether a picture was drawn here, whatever was decided about it. */
export const isKnownSample = (db: Db, sha256: Sha256): boolean =>
  selectOne(db, 'SELECT 1 FROM samples WHERE sha256 = :sha256 LIMIT 1', { sha256 }) !== undefined

/** One past the highest seed drawn for a class of a run: where the next draw starts unless told otherwise. */
export const nextSampleSeed = (
  db: Db,
  { runId, classId }: { readonly runId: RunId; readonly classId: ClassId },
): number =>
  selectRow<{ seed: number }>(
    db,
    `SELECT COALESCE(MAX(seed) + 1, 0) AS seed FROM samples WHERE run_id = :runId AND ${ofClass}`,
    { runId, classId },
  ).seed

export function getSample(db: Db, sampleId: SampleId): Sample {
  const found = selectOne<SampleRow>(db, `SELECT ${columns} FROM samples WHERE id = :sampleId`, { sampleId })
  if (found === undefined)
    throw new FlawsmithError('sample_not_found', `There is no sample ${sampleId} in this project.`, { sampleId })
  return asSample(found)
}

export interface SampleFilter {
  readonly classId?: ClassId | undefined
  readonly runId?: RunId | undefined
  readonly state?: SampleQueue | undefined
  /** That of their generation if left out. Quality and doubt from high to low, scores from low to high; without one comes last. */
  readonly sort?: SampleOrderName | undefined
  readonly offset: number
  readonly limit: number
}

/** Rows of one class come in the order of its index; those of several have to be sorted. */
const hasMerged = (db: Db, classId: ClassId): boolean =>
  selectOne(db, 'SELECT 1 FROM classes WHERE merged_into = :classId', { classId }) !== undefined

const heldBack = "gate IS NOT NULL AND released = 0 AND state = 'pending'"

export function listSamples(db: Db, { classId, runId, state, sort, offset, limit }: SampleFilter): Page<Sample> {
  // One constant text a combination, so that each uses its own index.
  const conditions: string[] = []
  const params: Record<string, string | number> = {}
  if (runId !== undefined) {
    conditions.push('run_id = :runId')
    params.runId = runId
  }
  if (classId !== undefined) {
    conditions.push(hasMerged(db, classId) ? ofClass : 'class_id = :classId')
    params.classId = classId
  }
  if (state === 'quarantined') conditions.push(heldBack)
  else if (state !== undefined) {
    conditions.push('state = :state')
    params.state = state
  }
  if (state === 'pending') conditions.push('(gate IS NULL OR released = 1)')
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const sorted = orderBy(sort)
  return {
    items: selectAll<SampleRow>(
      db,
      `SELECT ${columns} FROM samples ${where} ORDER BY ${sorted.sql}id LIMIT :limit OFFSET :offset`,
      { ...params, ...sorted.params, limit, offset },
    ).map(asSample),
    total: selectRow<{ total: number }>(db, `SELECT COUNT(*) AS total FROM samples ${where}`, params).total,
  }
}

function orderBy(sort: SampleOrderName | undefined): {
  readonly sql: string
  readonly params: Readonly<Record<string, string>>
} {
  if (sort === undefined) return { sql: '', params: {} }
  if (sort === 'quality') return { sql: 'quality DESC NULLS LAST, ', params: {} }
  if (sort === 'doubt') return { sql: 'doubt DESC NULLS LAST, ', params: {} }
  return { sql: `(${scoreToSortBy}) NULLS LAST, `, params: { sort } }
}

export interface ExportableSample {
  readonly sha256: Sha256
  readonly runId: RunId
  readonly recipe: string
  readonly seed: number
  readonly checkpointStep: number
  readonly inspector: string
  readonly decidedAt: string
  /** Of a sample that was scored, 0 to 1. */
  readonly quality: number | null
}

/** Accepted samples of the project's size, in the order of their generation; each picture once, and none that is also a real image. */
export const listAcceptedSamples = (
  db: Db,
  { classId, size }: { readonly classId: ClassId; readonly size: number },
): ExportableSample[] =>
  selectAll(
    db,
    `SELECT s.sha256, s.run_id AS runId, r.recipe, s.seed, s.checkpoint_step AS checkpointStep,
            d.inspector_name AS inspector, d.decided_at AS decidedAt, s.quality
     FROM samples s JOIN runs r ON r.id = s.run_id JOIN decisions d ON d.id = s.decision_id
     WHERE s.${hasMerged(db, classId) ? ofClass : 'class_id = :classId'} AND s.state = 'accepted' AND r.size = :size
       AND NOT EXISTS (SELECT 1 FROM images i WHERE i.sha256 = s.sha256)
       AND NOT EXISTS (SELECT 1 FROM samples e WHERE e.sha256 = s.sha256 AND e.state = 'accepted' AND e.id < s.id)
     ORDER BY s.id`,
    { classId, size },
  )

/** Accepted samples of runs that learned at another size: reviewable, but no part of an export at this one. */
export const countAcceptedOfOtherSize = (
  db: Db,
  { classId, size }: { readonly classId: ClassId; readonly size: number },
): number =>
  selectRow<{ samples: number }>(
    db,
    `SELECT COUNT(*) AS samples FROM samples s JOIN runs r ON r.id = s.run_id
     WHERE s.class_id IN (SELECT c.id FROM classes c WHERE c.id = :classId OR c.merged_into = :classId)
       AND s.state = 'accepted' AND r.size <> :size`,
    { classId, size },
  ).samples

/** Every class with its progress; `target` is what the largest class trains on. */
export function countReviews(db: Db): ReviewCounts[] {
  const classes = listClasses(db)
  const target = Math.max(0, ...classes.filter(({ leftOut }) => !leftOut).map(({ splits }) => splits.train))
  return classes.map(({ id, name, leftOut, splits, pending, quarantined, accepted, rejected }) => ({
    classId: id,
    className: name,
    real: splits.train,
    pending,
    quarantined,
    accepted,
    rejected,
    // Nothing is wanted of a class that is left out.
    target: leftOut ? splits.train : target,
  }))
}
