import type { RunId, Sha256 } from '../../../contract/ids.ts'
import { execute, selectOne } from './query.ts'
import type { Db } from './query.ts'

/** Hashes of what a run learns from; null for runs of versions that did not record them, and before it is there. */
export interface TrainingData {
  /** Of `images.txt`. */
  readonly imageListSha256: Sha256 | null
  /** Of `set.bin`. */
  readonly setSha256: Sha256 | null
}

export const readTrainingData = (db: Db, runId: RunId): TrainingData =>
  selectOne<TrainingData>(
    db,
    'SELECT image_list_sha256 AS imageListSha256, set_sha256 AS setSha256 FROM runs WHERE id = :runId',
    { runId },
  ) ?? { imageListSha256: null, setSha256: null }

export const recordImageList = (db: Db, run: { readonly runId: RunId; readonly sha256: Sha256 }): number =>
  execute(db, 'UPDATE runs SET image_list_sha256 = :sha256 WHERE id = :runId', run).changes

export const recordTrainingSet = (db: Db, run: { readonly runId: RunId; readonly sha256: Sha256 }): number =>
  execute(db, 'UPDATE runs SET set_sha256 = :sha256 WHERE id = :runId', run).changes
