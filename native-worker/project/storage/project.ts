import type { Channels, ProjectSummary } from '../../../contract/project.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
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
            (SELECT COUNT(*) FROM classes WHERE state = 'active') AS classCount,
            (SELECT COUNT(*) FROM images WHERE state = 'active') AS imageCount
     FROM project`,
  )
  return { ...row, folder, isSample: row.isSample === 1 }
}

/** Pixels an edge of every picture in use. */
export const readProjectSize = (db: Db): number => selectRow<{ size: number }>(db, 'SELECT size FROM project').size

/** The random id by which a machine knows the project again. Throws `project_corrupt` where there is none. */
export function readProjectUid(db: Db): string {
  const { uid } = selectRow<{ uid: unknown }>(db, 'SELECT uid FROM project')
  if (typeof uid === 'string' && /^[0-9a-f]{32}$/.test(uid)) return uid
  throw new FlawsmithError(
    'project_corrupt',
    'The project has no id of its own (project.uid). Restore one of its automatic backups.',
    { column: 'project.uid' },
  )
}
