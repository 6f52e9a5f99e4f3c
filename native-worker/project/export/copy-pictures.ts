import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { FlawsmithError } from '../../../contract/errors.ts'
import { imageFile } from '../../files/project-paths.ts'
import type { ExportFile } from './draft-export.ts'

const run = promisify(execFile)

/** After this long other requests get their turn. */
const sliceMs = 8
const syncsAtOnce = 32

interface CopyOptions {
  readonly files: readonly ExportFile[]
  readonly imagesFolder: string
  readonly target: string
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

/**
 * Copies pictures and proves each one: what is written is exactly what was hashed, so a short or damaged source never
 * gets through. Synchronous calls in slices: for thousands of small files several times faster than a promise a file,
 * while queries still get through. Throws `image_missing`; the signal's reason when it is raised.
 */
export async function copyPictures({ files, imagesFolder, target, signal, onProgress }: CopyOptions): Promise<void> {
  for (const folder of new Set(files.map(({ path }) => dirname(path))))
    mkdirSync(join(target, folder), { recursive: true })
  let sliceEnds = performance.now() + sliceMs
  for (const [index, file] of files.entries()) {
    copyPicture(file, { imagesFolder, target })
    if (performance.now() < sliceEnds) continue
    onProgress?.(index + 1, files.length)
    await nextTurn()
    signal?.throwIfAborted()
    sliceEnds = performance.now() + sliceMs
  }
  await syncTree(
    target,
    files.map(({ path }) => join(target, path)),
    signal,
  )
  onProgress?.(files.length, files.length)
}

function copyPicture(
  { path, sha256, className }: ExportFile,
  { imagesFolder, target }: Pick<CopyOptions, 'imagesFolder' | 'target'>,
): void {
  let bytes: Buffer
  try {
    bytes = readFileSync(imageFile(imagesFolder, sha256))
  } catch (cause) {
    throw missing({ sha256, className }, cause)
  }
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw missing({ sha256, className })
  writeFileSync(join(target, path), bytes)
}

const missing = ({ sha256, className }: Pick<ExportFile, 'sha256' | 'className'>, cause?: unknown): FlawsmithError =>
  new FlawsmithError(
    'image_missing',
    `A picture of class "${className}" (${sha256.slice(0, 12)}…) is missing or damaged in the project. Run verify; importing its source again repairs it.`,
    { sha256, className },
    { cause },
  )

/** One call for the whole file system where there is one: a sync a file waits for the disk a thousand times. */
async function syncTree(folder: string, paths: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  if (process.platform === 'linux') {
    const isSynced = await run('sync', ['-f', folder]).then(
      () => true,
      // A `sync` that does not know the option, or none at all.
      () => false,
    )
    if (isSynced) return
  }
  await syncFiles(paths, signal)
}

/** The first sync writes nearly everything; the ones after it find little to do. */
export async function syncFiles(paths: readonly string[], signal?: AbortSignal): Promise<void> {
  for (let start = 0; start < paths.length; start += syncsAtOnce) {
    signal?.throwIfAborted()
    await Promise.all(paths.slice(start, start + syncsAtOnce).map(syncFile))
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
