import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunId, Sha256 } from '../../contract/ids.ts'
import { imagePath, imagesFolder, runFolder, runsFolder } from '../files/project-paths.ts'
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
  clearUnrecorded(project, join(runFolder(project.folder, runId), 'sheets.txt'))
}

/** Lists of the images that a generation makes, beside the run's checkpoints; each generation has its own. */
const isGenerationList = (name: string): boolean => /^generating-.*\.txt$/.test(name)

/**
 * Removes the images of generations that were cut off before they could report them, and forgets their lists. Only where nothing
 * generates, trains or imports: right after the project was opened, by the one process that may.
 */
export function clearCutOffGenerations(project: OpenFolder): void {
  const runs = runsFolder(project.folder)
  if (!existsSync(runs)) return
  for (const run of readdirSync(runs, { withFileTypes: true })) {
    if (!run.isDirectory()) continue
    for (const name of readdirSync(join(runs, run.name)).filter(isGenerationList)) {
      const list = join(runs, run.name, name)
      clearUnrecorded(project, list)
      rmSync(list, { force: true })
    }
  }
}

/** Removes the images named in a list, and what was being written of them, unless a record of any kind names them too. */
function clearUnrecorded({ db, folder }: OpenFolder, list: string): void {
  if (!existsSync(list)) return
  const sheets = new Set(selectAll<{ sheet: string }>(db, 'SELECT sheet FROM snapshots').map(({ sheet }) => sheet))
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    if (!/^[0-9a-f]{64}$/.test(line) || sheets.has(line) || isImageOrSample(db, line as Sha256)) continue
    const file = join(imagesFolder(folder), imagePath(line as Sha256))
    rmSync(file, { force: true })
    removeParts(dirname(file), `${line}.png.`)
  }
}

/** What was being written when the process ended. */
function removeParts(folder: string, prefix: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && name.endsWith('.part')) rmSync(join(folder, name), { force: true })
  }
}

const isImageOrSample = (db: Db, sha256: Sha256): boolean =>
  selectOne(
    db,
    'SELECT 1 FROM images WHERE sha256 = :sha256 UNION ALL SELECT 1 FROM samples WHERE sha256 = :sha256 LIMIT 1',
    { sha256 },
  ) !== undefined
