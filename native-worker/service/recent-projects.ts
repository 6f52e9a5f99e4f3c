import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { RecentProject } from '../../contract/project.ts'
import { holdsProject } from '../files/project-paths.ts'
import { abandonedAfterMs, clearUnfinished } from '../files/unfinished-files.ts'
import { writeWhole } from '../files/write-whole.ts'

const maxRecentProjects = 20

const RecentFile = v.array(v.object({ folder: v.string(), name: v.string(), openedAt: v.string() }))
type RecentFile = v.InferOutput<typeof RecentFile>

const recentFile = (dataFolder: string): string => join(dataFolder, 'recent.json')

/** Newest first. */
export async function listRecentProjects(dataFolder: string): Promise<RecentProject[]> {
  return (await read(dataFolder)).map((entry) => ({ ...entry, present: holdsProject(entry.folder) }))
}

export async function rememberRecentProject({
  dataFolder,
  project,
}: {
  readonly dataFolder: string
  readonly project: { readonly folder: string; readonly name: string }
}): Promise<void> {
  const others = (await read(dataFolder)).filter((entry) => entry.folder !== project.folder)
  const newest = { folder: project.folder, name: project.name, openedAt: new Date().toISOString() }
  await write(dataFolder, [newest, ...others].slice(0, maxRecentProjects))
}

/** Takes a project off the list; its folder stays as it is. */
export async function forgetRecentProject({
  dataFolder,
  folder,
}: {
  readonly dataFolder: string
  readonly folder: string
}): Promise<void> {
  const entries = await read(dataFolder)
  await write(
    dataFolder,
    entries.filter((entry) => entry.folder !== folder),
  )
}

/** The list is a convenience: an unreadable one is an empty one, never a reason not to start. */
async function read(dataFolder: string): Promise<RecentFile> {
  try {
    const parsed = v.safeParse(RecentFile, JSON.parse(await readFile(recentFile(dataFolder), 'utf8')))
    return parsed.success ? parsed.output : []
  } catch (thrown) {
    if (thrown instanceof SyntaxError || (thrown as NodeJS.ErrnoException).code !== undefined) return []
    throw thrown
  }
}

async function write(dataFolder: string, entries: RecentFile): Promise<void> {
  await mkdir(dataFolder, { recursive: true })
  clearUnfinished(dataFolder, { untouchedForMs: abandonedAfterMs })
  await writeWhole(recentFile(dataFolder), JSON.stringify(entries, null, 2))
}
