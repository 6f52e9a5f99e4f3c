import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import type { Split } from '../../../contract/splits.ts'
import type { RecipeId } from '../../../contract/training.ts'
import { isScored } from './sample-scores.ts'
import { selectAll } from './query.ts'
import type { Db } from './query.ts'

export interface JudgeableImage {
  readonly sha256: Sha256
  readonly split: Split
  /** Images of one number show the same part. */
  readonly part: number
}

/** The images of a class that a verdict learns from or tests on, each picture once. */
export const listJudgeableImages = (db: Db, classId: ClassId): JudgeableImage[] =>
  selectAll(
    db,
    `SELECT sha256, split, COALESCE(group_id, -id) AS part FROM images
     WHERE class_id = :classId AND state = 'active' AND split IS NOT NULL ORDER BY id`,
    { classId },
  )

export interface JudgeableSample {
  readonly sha256: Sha256
  readonly recipe: RecipeId
  /** The gate has nothing against it, or a person let it through or accepted it. */
  readonly isGated: boolean
}

/**
 * What was drawn of a class at the project's size and nobody rejected, by hash: in no order that a run or a person has given it. What
 * was never scored has not passed the gate.
 */
export const listSamplesToJudge = (
  db: Db,
  { classId, size }: { readonly classId: ClassId; readonly size: number },
): JudgeableSample[] =>
  selectAll<Omit<JudgeableSample, 'isGated'> & { readonly gated: 0 | 1 }>(
    db,
    `SELECT s.sha256, MIN(r.recipe) AS recipe,
            MAX(s.state = 'accepted' OR s.released = 1 OR (s.gate IS NULL AND ${isScored})) AS gated
     FROM samples s JOIN runs r ON r.id = s.run_id
     WHERE s.class_id IN (SELECT c.id FROM classes c WHERE c.id = :classId OR c.merged_into = :classId)
       AND s.state <> 'rejected' AND r.size = :size
     GROUP BY s.sha256 ORDER BY s.sha256`,
    { classId, size },
  ).map(({ gated, ...sample }) => ({ ...sample, isGated: gated === 1 }))
