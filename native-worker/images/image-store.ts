import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Sha256 } from '../../contract/ids.ts'
import { imageFile, incomingFolder } from '../files/project-paths.ts'
import { resolveInside } from '../files/resolve-inside.ts'
import { sha256Of } from '../files/sha256-of.ts'

interface StagedFile {
  readonly staged: string
  readonly final: string
}

/**
 * Files on their way into an images folder: written aside, then synced and renamed all at once by `commit`, since a
 * sync that follows another costs little. Nothing incomplete ever has its final name.
 */
export class ImageStore {
  readonly #imagesFolder: string
  readonly #incomingFolder: string
  readonly #staged = new Map<Sha256, Promise<StagedFile | null>>()

  constructor(imagesFolder: string) {
    this.#imagesFolder = imagesFolder
    this.#incomingFolder = incomingFolder(dirname(imagesFolder))
  }

  /** Gives the hash that is the file's name. */
  async add(bytes: Buffer): Promise<Sha256> {
    const sha256 = sha256Of(bytes)
    let staging = this.#staged.get(sha256)
    if (staging === undefined) this.#staged.set(sha256, (staging = this.#stage(sha256, bytes)))
    await staging
    return sha256
  }

  async #stage(sha256: Sha256, bytes: Buffer): Promise<StagedFile | null> {
    const final = imageFile(this.#imagesFolder, sha256)
    if (await holds(final, bytes)) return null
    const staged = resolveInside(this.#incomingFolder, `${randomUUID()}.png`)
    await mkdir(this.#incomingFolder, { recursive: true })
    await writeFile(staged, bytes)
    return { staged, final }
  }

  async commit(): Promise<void> {
    const staged = (await Promise.all(this.#staged.values())).filter((file) => file !== null)
    this.#staged.clear()
    const folders = [...new Set(staged.map(({ final }) => dirname(final)))]
    await Promise.all([
      ...folders.map((folder) => mkdir(folder, { recursive: true })),
      ...staged.map((file) => sync(file.staged)),
    ])
    await Promise.all(staged.map((file) => rename(file.staged, file.final)))
    // Windows syncs names by itself and cannot open folders.
    if (process.platform !== 'win32') await Promise.all([this.#imagesFolder, ...folders].map(sync))
  }

  /** Removes what was staged and not committed. */
  async discard(): Promise<void> {
    const settled = await Promise.allSettled(this.#staged.values())
    this.#staged.clear()
    for (const each of settled)
      if (each.status === 'fulfilled' && each.value !== null) await rm(each.value.staged, { force: true })
  }
}

async function holds(file: string, bytes: Buffer): Promise<boolean> {
  try {
    return (await readFile(file)).equals(bytes)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw thrown
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
