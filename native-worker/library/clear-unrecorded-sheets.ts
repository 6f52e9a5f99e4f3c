import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunId, Sha256 } from '../../contract/ids.ts'
import { imagePath, imagesFolder, runFolder } from '../storage/project-paths.ts'
import { selectOne, type Db } from '../storage/query.ts'
import { listSnapshots } from '../storage/snapshots.ts'

/**
 * Removes the sample sheets of a run that no record names: those of a future it has gone back from, and one that a killed process
 * wrote and could not report. The trainer notes each sheet in the run's `sheets.txt` before it writes it. Only while the run does
 * not train.
 */
export function clearUnrecordedSheets({ db, folder }: { db: Db; folder: string }, runId: RunId): void {
  const list = join(runFolder(folder, runId), 'sheets.txt')
  if (!existsSync(list)) return
  const recorded = new Set<string>(listSnapshots(db, runId).map(({ sheet }) => sheet))
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    if (!/^[0-9a-f]{64}$/.test(line) || recorded.has(line) || isUsedElsewhere(db, line as Sha256)) continue
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

/** Two runs of the same seed draw the same first sheet. */
const isUsedElsewhere = (db: Db, sha256: Sha256): boolean =>
  selectOne(
    db,
    `SELECT 1 FROM snapshots WHERE sheet = :sha256 UNION ALL SELECT 1 FROM images WHERE sha256 = :sha256
     UNION ALL SELECT 1 FROM samples WHERE sha256 = :sha256 LIMIT 1`,
    { sha256 },
  ) !== undefined
