import type { ClassId, ImageId } from '../../../contract/ids.ts'
import { ScoreName, type RunDifference, type ScoreReference } from '../../../contract/scores.ts'
import { execute, inTransaction, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'

export interface StoredReference extends Omit<ScoreReference, 'isCurrent'> {
  readonly id: number
  readonly key: string
}

/** The one that scores are compared with; null before the first. */
export const lastReference = (db: Db): StoredReference | null =>
  selectOne(
    db,
    `SELECT id, key, made_at AS madeAt, train, val, folds, accuracy FROM score_references ORDER BY id DESC LIMIT 1`,
  ) ?? null

/** The scores of one real image. */
export interface RealImageScores {
  readonly imageId: ImageId
  readonly classId: ClassId
  /** Null for images of the validation split. */
  readonly fold: number | null
  readonly values: Readonly<Partial<Record<ScoreName, number>>>
}

export interface NewReference extends Omit<StoredReference, 'id' | 'madeAt'> {
  readonly size: number
  readonly real: readonly RealImageScores[]
}

/** Puts a reference in place of the last one, whose scores count no more. */
export const storeReference = (db: Db, { real, ...reference }: NewReference): number =>
  inTransaction(db, () => {
    execute(db, 'DELETE FROM real_scores')
    const { id } = execute(
      db,
      `INSERT INTO score_references (key, made_at, size, train, val, folds, accuracy)
       VALUES (:key, :madeAt, :size, :train, :val, :folds, :accuracy)`,
      { ...reference, madeAt: new Date().toISOString() },
    )
    for (const { imageId, classId, fold, values } of real)
      for (const [name, value] of Object.entries(values))
        execute(
          db,
          `INSERT INTO real_scores (reference_id, image_id, class_id, fold, name, value)
           VALUES (:id, :imageId, :classId, :fold, :name, :value)`,
          { id, imageId, classId, fold, name, value },
        )
    return id
  })

/** Of the last reference. */
export function listRealScores(db: Db): RealImageScores[] {
  const rows = selectAll<{
    imageId: ImageId
    classId: ClassId
    fold: number | null
    name: string
    value: number
  }>(
    db,
    `SELECT image_id AS imageId, class_id AS classId, fold, name, value FROM real_scores
     WHERE reference_id = (SELECT MAX(id) FROM score_references) ORDER BY image_id`,
  )
  const found = new Map<ImageId, RealImageScores & { readonly values: Partial<Record<ScoreName, number>> }>()
  for (const { imageId, classId, fold, name, value } of rows) {
    let scores = found.get(imageId)
    if (scores === undefined) found.set(imageId, (scores = { imageId, classId, fold, values: {} }))
    const known = ScoreName.options.find((each) => each === name)
    if (known !== undefined) scores.values[known] = value
  }
  return [...found.values()]
}

export const storeDifference = (
  db: Db,
  { referenceId, ...difference }: RunDifference & { readonly referenceId: number },
): void =>
  void execute(
    db,
    `INSERT INTO run_differences (run_id, class_id, reference_id, auc, floor, real_images, synthetic_images)
     VALUES (:runId, :classId, :referenceId, :auc, :floor, :real, :synthetic)
     ON CONFLICT (run_id, class_id) DO UPDATE SET reference_id = :referenceId, auc = :auc, floor = :floor,
       real_images = :real, synthetic_images = :synthetic`,
    { ...difference, referenceId },
  )

/** Against the last reference. */
export const listDifferences = (db: Db): RunDifference[] =>
  selectAll(
    db,
    `SELECT run_id AS runId, class_id AS classId, auc, floor, real_images AS real, synthetic_images AS synthetic
     FROM run_differences WHERE reference_id = (SELECT MAX(id) FROM score_references) ORDER BY run_id, class_id`,
  )
