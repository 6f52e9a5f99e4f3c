import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { SkippedFile } from '../../../../contract/dataset.ts'
import type { PlannedFile } from '../layouts/layout-plan.ts'

// Small enough that a cancel is quick and a crash loses little, large enough that syncs and commits cost little.
const maxBatchFiles = 200
const maxBatchBytes = 32_000_000
/** Half of what is left, down to this: while the last batch is on its way to the disk nothing else is to be done. */
const smallestLastBatch = 50

/** Files looked at at once. */
const statAtOnce = 500

export interface SizedFile extends PlannedFile {
  /** 0 where it cannot be told: whoever reads the file says why. */
  readonly sizeBytes: number
}

/** Throws `signal`'s reason when it is raised. */
export async function withSizes(
  files: readonly PlannedFile[],
  { root, signal }: { readonly root: string; readonly signal?: AbortSignal },
): Promise<SizedFile[]> {
  const sized: SizedFile[] = []
  for (let from = 0; from < files.length; from += statAtOnce) {
    signal?.throwIfAborted()
    const some = files.slice(from, from + statAtOnce)
    sized.push(
      ...(await Promise.all(
        some.map(async (file) => ({
          ...file,
          sizeBytes: (await stat(join(root, file.path)).catch(() => null))?.size ?? 0,
        })),
      )),
    )
  }
  return sized
}

/** The files in order, in batches that are bounded in number and bytes. */
export function* batchesOf(files: readonly SizedFile[]): Generator<readonly SizedFile[]> {
  let batch: SizedFile[] = []
  let sizeBytes = 0
  let left = files.length
  for (const file of files) {
    const most = Math.max(smallestLastBatch, Math.min(maxBatchFiles, Math.ceil(left / 2)))
    if (batch.length > 0 && (batch.length >= most || sizeBytes + file.sizeBytes > maxBatchBytes)) {
      yield batch
      left -= batch.length
      batch = []
      sizeBytes = 0
    }
    batch.push(file)
    sizeBytes += file.sizeBytes
  }
  if (batch.length > 0) yield batch
}

/**
 * Which files of an export are still the ones that its manifest names, byte for byte. A file that cannot be read is left to the
 * reader of images, who says why.
 */
export async function splitByManifest(
  batch: readonly PlannedFile[],
  root: string,
): Promise<{ readonly asExported: readonly PlannedFile[]; readonly changed: readonly SkippedFile[] }> {
  const found = await Promise.all(
    batch.map(async ({ path, sha256 }) => (sha256 === undefined ? null : await hashOf(join(root, path)))),
  )
  const isChanged = (index: number): boolean =>
    found[index] !== null && found[index] !== undefined && found[index] !== batch[index]?.sha256
  return {
    asExported: batch.filter((_, index) => !isChanged(index)),
    changed: batch.flatMap(({ path, sha256 = '' }, index): SkippedFile[] =>
      isChanged(index)
        ? [
            {
              path,
              reason: 'manifest_mismatch',
              detail: `SHA-256 ${found[index] ?? ''}, manifest.csv says ${sha256}`,
            },
          ]
        : [],
    ),
  }
}

async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (thrown) {
    if ('code' in (thrown as Error)) return null
    throw thrown
  }
  return hash.digest('hex')
}
