import type { ClassId, ImageId, RunId, SampleId, Sha256 } from '../../../contract/ids.ts'
import { ScoreName, type NearestReal, type SampleScores } from '../../../contract/scores.ts'
import { execute, inTransaction, selectAll } from './query.ts'
import type { Db } from './query.ts'

/** Scores against other images than those of the last reference do not count. */
const ofReference = 'reference_id = (SELECT MAX(id) FROM score_references)'

/** Whether sample `s` has any. */
export const isScored = `EXISTS (SELECT 1 FROM sample_scores x WHERE x.sample_id = s.id AND x.${ofReference})`

/** JSON for `parseScores`, beside a row of `samples`. */
export const scoresOfSample = `(SELECT json_group_array(json_array(x.name, x.value, x.image_id, i.sha256, x.class_id))
  FROM sample_scores x LEFT JOIN images i ON i.id = x.image_id WHERE x.sample_id = samples.id AND x.${ofReference})`

/** The score named `:sort`, beside a row of `samples`. */
export const scoreToSortBy = `SELECT x.value FROM sample_scores x WHERE x.sample_id = samples.id AND x.name = :sort AND x.${ofReference}`

type ScoreRow = readonly [string, number, ImageId | null, Sha256 | null, ClassId | null]

export function parseScores(json: string): SampleScores | null {
  const rows = JSON.parse(json) as readonly ScoreRow[]
  if (rows.length === 0) return null
  const values: Partial<Record<ScoreName, number>> = {}
  const nearest: Partial<Record<ScoreName, NearestReal>> = {}
  let namedClass: ClassId | null = null
  for (const [name, value, imageId, sha256, classId] of rows) {
    const known = ScoreName.options.find((each) => each === name)
    if (known === undefined) continue
    values[known] = value
    if (imageId !== null && sha256 !== null) nearest[known] = { imageId, sha256 }
    if (known === 'classAgreement') namedClass = classId
  }
  return {
    values,
    nearest: nearest.imageDistance ?? null,
    nearestByFeatures: nearest.domainDistance ?? nearest.randomDistance ?? null,
    namedClass,
  }
}

/** One score of one candidate. */
export interface NewSampleScore {
  readonly sampleId: SampleId
  readonly name: ScoreName
  readonly value: number
  readonly imageId: ImageId | null
  readonly classId: ClassId | null
}

export const insertSampleScores = (
  db: Db,
  { referenceId, scores }: { readonly referenceId: number; readonly scores: readonly NewSampleScore[] },
): void =>
  inTransaction(db, () => {
    for (const score of scores)
      execute(
        db,
        `INSERT INTO sample_scores (sample_id, name, reference_id, value, image_id, class_id)
         VALUES (:sampleId, :name, :referenceId, :value, :imageId, :classId)
         ON CONFLICT (sample_id, name) DO UPDATE SET reference_id = :referenceId, value = :value, image_id = :imageId, class_id = :classId`,
        { ...score, referenceId },
      )
  })

export interface ScorableSample {
  readonly id: SampleId
  readonly runId: RunId
  readonly classId: ClassId
  readonly sha256: Sha256
  readonly isScored: boolean
}

/** Candidates of the size and of a class that is in use, in the order of their generation. */
export const listScorableSamples = (
  db: Db,
  {
    size,
    referenceId,
    runId,
  }: { readonly size: number; readonly referenceId: number | null; readonly runId: RunId | null },
): ScorableSample[] =>
  selectAll<Omit<ScorableSample, 'isScored'> & { readonly isScored: 0 | 1 }>(
    db,
    `SELECT s.id, s.run_id AS runId, c.id AS classId, s.sha256,
            EXISTS (SELECT 1 FROM sample_scores x WHERE x.sample_id = s.id AND x.reference_id = :referenceId) AS isScored
     FROM samples s JOIN runs r ON r.id = s.run_id JOIN classes d ON d.id = s.class_id
       JOIN classes c ON c.id = COALESCE(d.merged_into, d.id)
     WHERE r.size = :size AND c.state = 'active' AND c.left_out = 0 AND (:runId IS NULL OR s.run_id = :runId)
     ORDER BY s.id`,
    { size, referenceId, runId },
  ).map(({ isScored, ...sample }) => ({ ...sample, isScored: isScored === 1 }))
