import { randomBytes } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { hasEnded, identifyThisProcess, ProcessIdentity } from '../../files/process-identity.ts'

const unfinishedName = /^\.flawsmith-export-[0-9a-f-]+$/
const ownerName = 'owner.json'

export interface UnfinishedExport {
  /** Where the export is written; it becomes the finished one by a rename. */
  readonly folder: string
  /** Removes what is there; call it however the export ended. */
  clear(): Promise<void>
}

/** A folder beside the target, so that the finished export needs only a rename. It says whose it is. */
export async function beginUnfinishedExport(
  parent: string,
  owner: ProcessIdentity = identifyThisProcess(),
): Promise<UnfinishedExport> {
  const root = join(parent, `.flawsmith-export-${randomBytes(9).toString('hex')}`)
  const clear = (): Promise<void> => rm(root, { recursive: true, force: true })
  try {
    await mkdir(root)
    await writeFile(join(root, ownerName), JSON.stringify(owner), { flush: true })
    const folder = join(root, 'export')
    await mkdir(folder)
    return { folder, clear }
  } catch (thrown) {
    await clear()
    throw thrown
  }
}

/**
 * Removes what exports left whose process has ended for certain; one on another machine may still be writing.
 * @returns the folders nobody can be sure about
 */
export async function clearAbandonedExports(
  parent: string,
  me: ProcessIdentity = identifyThisProcess(),
): Promise<readonly string[]> {
  const doubtful: string[] = []
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    if (!entry.isDirectory() || !unfinishedName.test(entry.name)) continue
    const folder = join(parent, entry.name)
    const owner = await ownerOf(folder)
    if (owner !== null && hasEnded(owner, me)) await rm(folder, { recursive: true, force: true })
    else if (owner?.host !== me.host || owner.boot !== me.boot) doubtful.push(folder)
  }
  return doubtful
}

/** Null where the folder does not say. */
async function ownerOf(folder: string): Promise<ProcessIdentity | null> {
  try {
    const parsed = v.safeParse(ProcessIdentity, JSON.parse(await readFile(join(folder, ownerName), 'utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    // Finished in this moment, cut off before it could say, or of an earlier version.
    return null
  }
}
