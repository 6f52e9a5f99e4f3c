import { open, readFile, stat } from 'node:fs/promises'
import { FileRefusal } from './file-refusal.ts'

/** Larger files hold more pixels than are allowed, whatever their format. */
const maxFileBytes = 1_000_000_000

/** The bytes of a file that somebody wants imported. Throws `FileRefusal`. */
export async function readSource(file: string): Promise<Buffer> {
  try {
    const found = await stat(file)
    // A pipe would wait for ever.
    if (!found.isFile())
      throw new FileRefusal({ reason: 'unreadable', detail: 'not a regular file', skipCause: { name: 'not_a_file' } })
    if (found.size > maxFileBytes)
      throw new FileRefusal({
        reason: 'too_many_pixels',
        detail: `a file of ${found.size} bytes`,
        skipCause: { name: 'file_size', bytes: found.size },
      })
    return await readFile(file)
  } catch (thrown) {
    if (thrown instanceof FileRefusal) throw thrown
    throw new FileRefusal(
      {
        reason: 'unreadable',
        detail: (thrown as NodeJS.ErrnoException).code ?? String(thrown),
        skipCause: { name: 'system' },
      },
      { cause: thrown },
    )
  }
}

/** The first bytes of a file; null where it cannot be read: who reads it whole hears why. */
export async function readHead(file: string, length: number): Promise<Buffer | null> {
  try {
    const found = await stat(file)
    // A pipe would wait for ever.
    if (!found.isFile()) return null
    const handle = await open(file, 'r')
    try {
      const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(length), position: 0 })
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === undefined) throw thrown
    return null
  }
}
