import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** What a file was when it was installed. Size and time tell at once whether its hash has to be taken again. */
export interface FileRecord {
  readonly sizeBytes: number
  readonly modifiedMs: number
  /** Lower-case hex. */
  readonly sha256: string
}

/** By path relative to the installed folder, with `/` between the parts. */
export type FileRecords = Readonly<Record<string, FileRecord>>

export async function hashFile(file: string, algorithm: 'sha256' | 'sha512' = 'sha256'): Promise<Buffer> {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest()
}

export async function recordFiles(folder: string, names: readonly string[]): Promise<FileRecords> {
  const records: Record<string, FileRecord> = {}
  for (const name of names) {
    const file = join(folder, name)
    const { size, mtimeMs } = await stat(file)
    const sha256 = (await hashFile(file)).toString('hex')
    records[name] = { sizeBytes: size, modifiedMs: Math.floor(mtimeMs), sha256 }
  }
  return records
}

/**
 * The first file that is gone or not what was installed, or null when all are. A file of the recorded size and time
 * is taken as unchanged; one of another time (a copied folder) is hashed.
 */
export async function findChangedFile(folder: string, records: FileRecords): Promise<string | null> {
  for (const [name, record] of Object.entries(records)) {
    const file = join(folder, name)
    const found = await stat(file).catch(() => null)
    if (found?.size !== record.sizeBytes) return name
    if (Math.floor(found.mtimeMs) === record.modifiedMs) continue
    if ((await hashFile(file)).toString('hex') !== record.sha256) return name
  }
  return null
}
