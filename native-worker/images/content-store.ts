import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { BulkWriter } from '../files/bulk-writer.ts'

/** Files on their way into a project, each named by the hash of its bytes; there once `commit` returns. */
export class ContentStore {
  readonly #writer: BulkWriter
  readonly #staged = new Map<string, Promise<void>>()

  /** @param stagingFolder on the same disk as the files */
  constructor(stagingFolder: string) {
    this.#writer = new BulkWriter(stagingFolder)
  }

  /** Asked again for a file it does nothing; one that lies there with other bytes is replaced. */
  async add(file: string, bytes: Buffer): Promise<void> {
    let staging = this.#staged.get(file)
    if (staging === undefined) this.#staged.set(file, (staging = this.#stage(file, bytes)))
    await staging
  }

  async #stage(file: string, bytes: Buffer): Promise<void> {
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
  if (statSync(file, { throwIfNoEntry: false })?.size !== bytes.length) return false
  return (await readFile(file)).equals(bytes)
}
