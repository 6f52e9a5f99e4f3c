import { namesInside, removeInside } from '../files/files-inside.ts'
import { selectOne } from './storage/query.ts'
import type { Db } from './storage/query.ts'
import { originalPath } from '../../contract/original-path.ts'
import { listKeptOriginals } from './storage/originals.ts'

/**
 * Removes originals that an import wrote and could not record, where the newest one was cut off. Only where nothing imports:
 * right after the project was opened, by the one process that may.
 */
export function clearUnrecordedOriginals({ db, folder }: { readonly db: Db; readonly folder: string }): void {
  if (!wasCutOff(db)) return
  const recorded = new Set(listKeptOriginals(db).map(originalPath))
  for (const shelf of namesInside(folder, 'originals'))
    for (const name of namesInside(folder, `originals/${shelf}`))
      if (!recorded.has(`${shelf}/${name}`)) removeInside(folder, `originals/${shelf}/${name}`)
}

const wasCutOff = (db: Db): boolean =>
  selectOne<{ finishedAt: string | null }>(db, 'SELECT finished_at AS finishedAt FROM imports ORDER BY id DESC LIMIT 1')
    ?.finishedAt === null
