import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { VerifyProblem } from '../../contract/export.ts'
import { resolveFolderInside } from '../files/resolve-inside.ts'
import { isUnfinished } from '../files/unfinished-files.ts'
import type { Project } from './open-project.ts'
import { isBackup } from './storage/backups.ts'
import { selectAll } from './storage/query.ts'
import { originFileName } from './storage/run-origins.ts'

/** What a run's folder holds besides checkpoints, which are on record. */
const filesOfRuns = new Set(['task.json', 'images.txt', 'set.bin', 'marks.bin', 'sheets.txt', originFileName])
/** A generation under way names its images here. */
const generationList = /^generating-.*\.txt$/
const damagedDatabase = /^damaged-.*\.sqlite(-wal)?$/

/** Files below a project's folders that no record names and that have no place of their own. `recorded` as `images/…`, `runs/…`. */
export async function unrecordedFiles(project: Project, recorded: ReadonlySet<string>): Promise<VerifyProblem[]> {
  const { db, folder, readOnly } = project
  const runs = selectAll<{ id: number; status: string }>(db, 'SELECT id, status FROM runs')
  const known = new Set(runs.map(({ id }) => String(id)))
  // Their files come and go while this is read. Where nobody can write, nothing trains.
  const training = new Set(
    runs.flatMap(({ id, status }) => (readOnly === null && status === 'running' ? [String(id)] : [])),
  )
  const hasItsPlace = (path: string): boolean => {
    const [top, second = '', name] = path.split('/')
    if (top === 'backups') return isBackup(second) || damagedDatabase.test(second)
    if (top !== 'runs' || !known.has(second)) return false
    if (training.has(second)) return true
    return name !== undefined && (filesOfRuns.has(name) || (readOnly === null && generationList.test(name)))
  }
  const paths = await Promise.all(['images', 'originals', 'runs', 'backups'].map((name) => filesBelow(folder, name)))
  return paths
    .flat()
    .filter((path) => !recorded.has(path) && !hasItsPlace(path))
    .map((path) => ({ kind: 'unrecorded_file', path, detail: detailOf(path) }))
}

function detailOf(path: string): string {
  if (isUnfinished(path)) return 'left half-written by a process that was killed; opening the project clears it'
  return path.startsWith('images/') || path.startsWith('originals/')
    ? 'no record names it; importing its source again uses it'
    : 'no record names it, so nothing uses it'
}

/** Relative to the project, with `/` between names, in order. */
async function filesBelow(folder: string, name: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(resolveFolderInside(folder, name), { withFileTypes: true, recursive: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort()
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
}
