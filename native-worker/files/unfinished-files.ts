import { randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Nothing that Flawsmith writes in one go rests this long between two writes. */
export const abandonedAfterMs = 60 * 60 * 1000

/** Where a file is written until it is whole: beside it, so that a rename is enough, and by a name no other writer uses. */
export const unfinishedFile = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.unfinished`

/** Ours, with what SQLite puts beside a database; and the names of earlier versions, which ended in `.part` or a process id. */
const unfinished = /\.unfinished(-journal|-wal|-shm)?$|\.\d+\.part$|\.json\.\d+$/

export const isUnfinished = (name: string): boolean => unfinished.test(name)

/**
 * Removes what killed writers left in a folder (not below it). Without `untouchedForMs` the caller must know that nobody writes
 * there, by a lock of the operating system: a process id says nothing about another machine that shares the folder.
 */
export function clearUnfinished(
  folder: string,
  { untouchedForMs = 0 }: { readonly untouchedForMs?: number } = {},
): void {
  for (const name of namesIn(folder)) {
    if (!isUnfinished(name)) continue
    const file = join(folder, name)
    const changedAt = lstatSync(file, { throwIfNoEntry: false })?.mtimeMs
    if (changedAt !== undefined && Date.now() - changedAt >= untouchedForMs) rmSync(file, { force: true })
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
}
