import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const unfinishedName = /^\.flawsmith-export-(\d+)-[0-9a-f]{12}$/
const mine = new Set<string>()

export interface UnfinishedExport {
  readonly folder: string
  /** Removes what is there; call it however the export ended. */
  clear(): Promise<void>
}

/** A folder beside the target, so that the finished export needs only a rename. */
export async function beginUnfinishedExport(parent: string): Promise<UnfinishedExport> {
  const name = `.flawsmith-export-${process.pid}-${randomBytes(6).toString('hex')}`
  const folder = join(parent, name)
  mine.add(folder)
  await mkdir(folder)
  return {
    folder,
    clear: async () => {
      await rm(folder, { recursive: true, force: true })
      mine.delete(folder)
    },
  }
}

/** Removes what exports left whose process was killed. */
export async function clearAbandonedExports(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = unfinishedName.exec(name)?.[1]
    const folder = join(parent, name)
    if (owner !== undefined && !mine.has(folder) && !isOtherLiveProcess(Number(owner)))
      await rm(folder, { recursive: true, force: true })
  }
}

function isOtherLiveProcess(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    // EPERM: it lives and belongs to someone else.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
