import { FlawsmithError } from '../../../contract/errors.ts'
import type { FrameId, Sha256 } from '../../../contract/ids.ts'
import type { FrameSummary } from '../../../contract/large-frames.ts'
import type { OriginalKind } from '../../../contract/originals.ts'
import { execute, inTransaction, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

export interface NewFrame {
  readonly sha256: Sha256
  readonly folder: string
  /** Relative to `folder`, with `/` between names. */
  readonly name: string
  /** Upright. */
  readonly width: number
  readonly height: number
}

/** What is on record of a frame. */
export interface Frame extends NewFrame {
  readonly id: FrameId
  readonly kind: OriginalKind
}

/** The frame with these very bytes, listed again where it was not. */
export const relistFrame = (db: Db, sha256: Sha256): FrameId | undefined =>
  inTransaction(db, () => {
    const found = selectOne<{ id: FrameId }>(db, 'SELECT id FROM frames WHERE source_sha256 = :sha256', { sha256 })
    if (found !== undefined) execute(db, 'UPDATE frames SET listed = 1 WHERE id = :id', { id: found.id })
    return found?.id
  })

/** The original must have been noted before. */
export const insertFrame = (db: Db, frame: NewFrame): FrameId =>
  inTransaction(db, () => {
    const { id } = execute(
      db,
      `INSERT INTO frames (source_sha256, folder, name, width, height, added_at)
       VALUES (:sha256, :folder, :name, :width, :height, :addedAt)`,
      { ...frame, addedAt: new Date().toISOString() },
    )
    recordRow(db, 'frames', id)
    return id as FrameId
  })

const summaries = `
  SELECT f.id, f.name, f.width, f.height,
    (SELECT COUNT(*) FROM frame_boxes b WHERE b.frame_id = f.id) AS boxes,
    (SELECT COUNT(*) FROM images i WHERE i.source_sha256 = f.source_sha256 AND i.state = 'active' AND i.frame = 1) AS patches
  FROM frames f`

export const listFrames = (db: Db): FrameSummary[] =>
  selectAll(db, `${summaries} WHERE f.listed = 1 ORDER BY f.name, f.id`)

/** @throws FlawsmithError `frame_not_found` */
export function summarizeFrame(db: Db, frameId: FrameId): FrameSummary {
  const found = selectOne<FrameSummary>(db, `${summaries} WHERE f.id = :frameId`, { frameId })
  if (found === undefined) throw notFound(frameId)
  return found
}

/** @throws FlawsmithError `frame_not_found` */
export function getFrame(db: Db, frameId: FrameId): Frame {
  const found = selectOne<Frame>(
    db,
    `SELECT f.id, f.source_sha256 AS sha256, o.kind, f.folder, f.name, f.width, f.height
     FROM frames f JOIN originals o ON o.sha256 = f.source_sha256 WHERE f.id = :frameId`,
    { frameId },
  )
  if (found === undefined) throw notFound(frameId)
  return found
}

/** Takes it off the list. Its patches stay, and so do its boxes, should it be added again. */
export const unlistFrame = (db: Db, frameId: FrameId): void =>
  void execute(db, 'UPDATE frames SET listed = 0 WHERE id = :frameId', { frameId })

const notFound = (frameId: FrameId): FlawsmithError =>
  new FlawsmithError('frame_not_found', `There is no frame ${frameId}. Add the file again.`, { frame: frameId })
