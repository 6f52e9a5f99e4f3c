import type { Channels, ProjectSummary } from '../../../contract/project.ts'
import { selectRow } from './query.ts'
import type { Db } from './query.ts'

export function readProject(db: Db, folder: string): Omit<ProjectSummary, 'readOnly'> {
  const row = selectRow<{
    name: string
    size: number
    channels: Channels
    createdAt: string
    isSample: number
    classCount: number
    imageCount: number
  }>(
    db,
    `SELECT name, size, channels, created_at AS createdAt, is_sample AS isSample,
            (SELECT COUNT(*) FROM classes) AS classCount,
            (SELECT COUNT(*) FROM images WHERE state = 'active') AS imageCount
     FROM project`,
  )
  return { ...row, folder, isSample: row.isSample === 1 }
}

/** The random id by which a machine knows the project again. */
export const readProjectUid = (db: Db): string => selectRow<{ uid: string }>(db, 'SELECT uid FROM project').uid
