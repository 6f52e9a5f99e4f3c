import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImagesClient, RenderedItem } from '../../../contract/images.ts'
import { PictureReader } from '../../files/picture-reader.ts'
import type { Project } from '../open-project.ts'
import type { ExportFile, WrittenFile } from './draft-export.ts'

const run = promisify(execFile)

/** After this long other requests get their turn. */
const sliceMs = 8
const syncsAtOnce = 32
const renderedAtOnce = 50

interface CopyOptions {
  readonly project: Pick<Project, 'folder' | 'imagesFolder' | 'originalsFolder' | 'channels'>
  readonly files: readonly ExportFile[]
  readonly target: string
  readonly images: Pick<ImagesClient, 'render'>
  /** A cache for frames. */
  readonly viewsFolder: string
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

/**
 * Writes the pictures and proves each one: what is copied is exactly what was hashed, so a short or damaged source never
 * gets through. Synchronous calls in slices: for thousands of small files several times faster than a promise a file,
 * while queries still get through. What has to be made of its original is made by the images child.
 * @returns every picture with its hash. Throws `image_missing`; the signal's reason when it is raised.
 */
export async function copyPictures({
  project,
  files,
  target,
  images,
  viewsFolder,
  signal,
  onProgress,
}: CopyOptions): Promise<readonly WrittenFile[]> {
  for (const folder of new Set(files.map(({ path }) => dirname(path))))
    mkdirSync(join(target, folder), { recursive: true })
  const written = new Map<ExportFile, WrittenFile>()
  const reader = new PictureReader(project)
  let sliceEnds = performance.now() + sliceMs
  for (const file of files) {
    if (file.source.kind === 'rendered') continue
    written.set(file, copyPicture(file, { reader, target }))
    if (performance.now() < sliceEnds) continue
    onProgress?.(written.size, files.length)
    await nextTurn()
    signal?.throwIfAborted()
    sliceEnds = performance.now() + sliceMs
  }
  const rendered = files.flatMap((file) => (file.source.kind === 'rendered' ? [{ file, item: file.source.item }] : []))
  for (let from = 0; from < rendered.length; from += renderedAtOnce) {
    const batch = rendered.slice(from, from + renderedAtOnce)
    const items: RenderedItem[] = batch.map(({ file, item }) => ({ ...item, path: file.path }))
    const pictures = await images.render({ items, channels: project.channels, folder: target, viewsFolder })
    batch.forEach(({ file }, index) => {
      const picture = pictures[index]
      if (picture?.ok !== true) throw missing(file, picture?.detail)
      written.set(file, { ...file, sha256: picture.sha256, sizeBytes: picture.sizeBytes })
    })
    onProgress?.(written.size, files.length)
    signal?.throwIfAborted()
  }
  await syncTree(
    target,
    files.map(({ path }) => join(target, path)),
    signal,
  )
  onProgress?.(files.length, files.length)
  return files.map((file) => written.get(file) ?? notWritten(file))
}

function copyPicture(
  file: ExportFile,
  { reader, target }: { readonly reader: PictureReader; readonly target: string },
): WrittenFile {
  const { sha256, source } = file
  if (sha256 === null) return notWritten(file)
  const bytes = source.kind === 'original' ? reader.readFile(source.file, sha256) : reader.readPicture(sha256)
  if (bytes === null) throw missing(file)
  writeFileSync(join(target, file.path), bytes)
  return { ...file, sha256 }
}

function notWritten({ path }: ExportFile): never {
  throw new Error(`${path} was not written.`)
}

const missing = ({ picture, className, origin }: ExportFile, detail?: string): FlawsmithError =>
  new FlawsmithError(
    'image_missing',
    `A picture of class "${className}" (${picture.slice(0, 12)}…${origin.kind === 'real' ? `, ${origin.source}` : ''}) is missing or damaged in the project${detail === undefined ? '' : `: ${detail}`}. Run verify; importing its source again repairs it.`,
    { sha256: picture, className },
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
