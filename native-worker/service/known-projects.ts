import { mkdir, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { RunId } from '../../contract/ids.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { Project } from '../project/open-project.ts'
import { readProjectUid } from '../project/storage/project.ts'
import type { Log } from './log.ts'
import type { Warnings } from './warnings.ts'

const mostProjects = 1000

const KnownProject = v.object({
  uid: v.string(),
  /** Its real path: a copy, or the same folder come from elsewhere, is another project. */
  folder: v.string(),
  /** Runs that waited when it was opened here first, and shall not start by themselves. */
  left: v.array(RunId),
})
export type KnownProject = v.InferOutput<typeof KnownProject>

/**
 * The projects that were opened on this machine before, beside the list of recent ones and longer than it. What cannot be written
 * is known as long as the service lives.
 */
export class KnownProjects {
  readonly #dataFolder: string
  readonly #log: Log
  readonly #warnings: Warnings
  #known: readonly KnownProject[] | null = null

  constructor({
    dataFolder,
    log,
    warnings,
  }: {
    readonly dataFolder: string
    readonly log: Log
    readonly warnings: Warnings
  }) {
    this.#dataFolder = dataFolder
    this.#log = log
    this.#warnings = warnings
  }

  /** Null for a project that was never opened here, or that nobody has decided on yet. */
  async find(project: Project): Promise<KnownProject | null> {
    const identity = await identify(project)
    return (await this.#read()).find((known) => isSame(known, identity)) ?? null
  }

  /** Its runs start by themselves from now on, all but those that are `left`. */
  async remember(project: Project, left: readonly RunId[]): Promise<void> {
    const identity = await identify(project)
    const others = (await this.#read()).filter((known) => !isSame(known, identity))
    this.#known = [{ ...identity, left: [...left] }, ...others].slice(0, mostProjects)
    try {
      await mkdir(this.#dataFolder, { recursive: true })
      await writeWhole(this.#file, JSON.stringify(this.#known, null, 2))
    } catch (thrown) {
      this.#warnings.ownFolderFailed(thrown, this.#dataFolder)
    }
  }

  /** An unreadable list is an empty one: the user is asked once more. */
  async #read(): Promise<readonly KnownProject[]> {
    if (this.#known !== null) return this.#known
    try {
      const entries = v.parse(v.array(v.unknown()), JSON.parse(await readFile(this.#file, 'utf8')))
      // One that says nothing takes no other with it.
      this.#known = entries.flatMap((entry) => {
        const known = v.safeParse(KnownProject, entry)
        return known.success ? [known.output] : []
      })
    } catch (thrown) {
      const isNew = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
      if (!isNew) this.#log.warn({ err: thrown, file: this.#file }, 'the projects opened before cannot be read')
      this.#known = []
    }
    return this.#known
  }

  get #file(): string {
    return join(this.#dataFolder, 'known-projects.json')
  }
}

interface Identity {
  readonly uid: string
  readonly folder: string
}

const identify = async ({ db, folder }: Project): Promise<Identity> => ({
  uid: readProjectUid(db),
  folder: await realpath(folder),
})

const isSame = (a: Identity, b: Identity): boolean => a.uid === b.uid && a.folder === b.folder
