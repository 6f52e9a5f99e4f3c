import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/**
 * SHA-256 of a file that a project refers to: null where there is none, or none that can be read. One of another size is
 * not read, nor is anything that is no regular file: a pipe would wait for ever.
 */
export async function hashFile(
  file: string,
  { sizeBytes }: { readonly sizeBytes?: number } = {},
): Promise<string | null> {
  try {
    const found = await stat(file)
    if (!found.isFile()) return null
    if (sizeBytes !== undefined && found.size !== sizeBytes) return ''
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    return hash.digest('hex')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== undefined) return null
    throw thrown
  }
}
