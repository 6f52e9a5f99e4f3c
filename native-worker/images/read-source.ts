import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { FileRefusal } from './file-refusal.ts'

/** Larger files hold more pixels than are allowed, whatever their format. */
const maxFileBytes = 1_000_000_000
/** Handing a smaller file to another thread and back costs more than reading it. */
const largeFileBytes = 256 * 1024

/** The bytes of a file that somebody wants imported. Throws `FileRefusal`. */
export async function readSource(file: string): Promise<Buffer> {
  try {
    const found = statSync(file)
    // A pipe would wait for ever.
    if (!found.isFile())
      throw new FileRefusal({ reason: 'unreadable', detail: 'not a regular file', skipCause: { name: 'not_a_file' } })
    if (found.size > maxFileBytes)
      throw new FileRefusal({
        reason: 'too_many_pixels',
        detail: `a file of ${found.size} bytes`,
        skipCause: { name: 'file_size', bytes: found.size },
      })
    return found.size < largeFileBytes ? readFileSync(file) : await readFile(file)
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
export function readHead(file: string, length: number): Buffer | null {
  try {
    // A pipe would wait for ever.
    if (!statSync(file).isFile()) return null
    const descriptor = openSync(file, 'r')
    try {
      const head = Buffer.alloc(length)
      return head.subarray(0, readSync(descriptor, head, 0, length, 0))
    } finally {
      closeSync(descriptor)
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === undefined) throw thrown
    return null
  }
}
