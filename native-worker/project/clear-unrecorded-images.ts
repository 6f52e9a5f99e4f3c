import { isSha256 } from '../../contract/ids.ts'
import type { RunId, Sha256 } from '../../contract/ids.ts'
import { imagePath } from '../../contract/image-path.ts'
import { namesInside, readTextInside, removeInside } from '../files/files-inside.ts'
import { isUnfinished } from '../files/unfinished-files.ts'
import { selectAll, selectOne, type Db } from './storage/query.ts'

interface OpenFolder {
  readonly db: Db
  readonly folder: string
}

/**
 * Removes the sample sheets of a run that no record names: those of a future it has gone back from, and one that a killed process
 * wrote and could not report. The trainer notes each sheet in the run's `sheets.txt` before it writes it. Only while the run does
 * not train.
 */
export function clearUnrecordedSheets(project: OpenFolder, runId: RunId): void {
  clearUnrecorded(project, `runs/${runId}/sheets.txt`)
}

/** Lists of the images that a generation makes, beside the run's checkpoints; each generation has its own. */
const isGenerationList = (name: string): boolean => /^generating-.*\.txt$/.test(name)

/**
 * Removes the images of generations that were cut off before they could report them, and forgets their lists. Only where nothing
 * generates, trains or imports: right after the project was opened, by the one process that may.
 */
export function clearCutOffGenerations(project: OpenFolder): void {
  for (const { id } of selectAll<{ id: RunId }>(project.db, 'SELECT id FROM runs ORDER BY id')) {
    for (const name of namesInside(project.folder, `runs/${id}`).filter(isGenerationList)) {
      const list = `runs/${id}/${name}`
      clearUnrecorded(project, list)
      removeInside(project.folder, list)
    }
  }
}

/** What a change of size is about to make the pictures of the project. */
export const resizeList = 'resizing.txt'

/** Removes the pictures of a change of size that was cut off, and forgets their list. Only where no size is being changed. */
export function clearCutOffResize(project: OpenFolder): void {
  clearUnrecorded(project, resizeList)
  removeInside(project.folder, resizeList)
}

/** Removes the images named in a list, and what was being written of them, unless a record of any kind names them too. */
function clearUnrecorded({ db, folder }: OpenFolder, list: string): void {
  const text = readTextInside(folder, list)
  if (text === null) return
  const sheets = new Set(selectAll<{ sheet: string }>(db, 'SELECT sheet FROM snapshots').map(({ sheet }) => sheet))
  for (const line of text.split('\n')) {
    if (!isSha256(line) || sheets.has(line) || isImageOrSample(db, line)) continue
    removeInside(folder, `images/${imagePath(line)}`)
    removeUnfinished(folder, line)
  }
}

/** What was being written when the process ended. */
function removeUnfinished(folder: string, sha256: Sha256): void {
  const shelf = `images/${sha256.slice(0, 2)}`
  for (const name of namesInside(folder, shelf)) {
    if (name.startsWith(`${sha256}.png.`) && isUnfinished(name)) removeInside(folder, `${shelf}/${name}`)
  }
}

const isImageOrSample = (db: Db, sha256: Sha256): boolean =>
  selectOne(
    db,
    `SELECT 1 FROM images WHERE sha256 = :sha256 UNION ALL SELECT 1 FROM pictures WHERE sha256 = :sha256
     UNION ALL SELECT 1 FROM samples WHERE sha256 = :sha256 LIMIT 1`,
    { sha256 },
  ) !== undefined
