import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Sha256 } from '../../contract/ids.ts'

/** Names an image in a list before it is written, so that one nobody heard of can be told from other images and cleared away. */
export async function noteImage(listFile: string, sha256: Sha256): Promise<void> {
  await mkdir(dirname(listFile), { recursive: true })
  await appendFile(listFile, `${sha256}\n`)
}
