import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Sha256 } from '../../contract/ids.ts'
import { BulkWriter } from '../files/bulk-writer.ts'
import { imageFile, incomingFolder } from '../files/project-paths.ts'
import { sha256Of } from '../files/sha256-of.ts'

/** Pictures on their way into an images folder, each under the hash of its bytes; there once `commit` returns. */
export class ImageStore {
  readonly #imagesFolder: string
  readonly #writer: BulkWriter
  readonly #staged = new Map<Sha256, Promise<void>>()

  constructor(imagesFolder: string) {
    this.#imagesFolder = imagesFolder
    this.#writer = new BulkWriter(incomingFolder(dirname(imagesFolder)))
  }

  /** Gives the hash that is the file's name. */
  async add(bytes: Buffer): Promise<Sha256> {
    const sha256 = sha256Of(bytes)
    let staging = this.#staged.get(sha256)
    if (staging === undefined) this.#staged.set(sha256, (staging = this.#stage(sha256, bytes)))
    await staging
    return sha256
  }

  async #stage(sha256: Sha256, bytes: Buffer): Promise<void> {
    const file = imageFile(this.#imagesFolder, sha256)
    if (!(await holds(file, bytes))) await this.#writer.stage(file, bytes)
  }

  async commit(): Promise<void> {
    await Promise.all(this.#staged.values())
    this.#staged.clear()
    await this.#writer.commit()
  }

  /** Removes what was staged and not committed. */
  async discard(): Promise<void> {
    await Promise.allSettled(this.#staged.values())
    this.#staged.clear()
    await this.#writer.discard()
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
