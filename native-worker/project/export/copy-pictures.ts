import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImagesClient, RenderedItem } from '../../../contract/images.ts'
import { NewFiles } from '../../files/new-files.ts'
import { PictureReader } from '../../files/picture-reader.ts'
import type { Project } from '../open-project.ts'
import { copyShared } from './copy-shared.ts'
import { isHashed, type ExportFile, type WrittenFile } from './draft-export.ts'

/** After this long other requests get their turn. */
const sliceMs = 8
const originalsAtOnce = 200
const renderedAtOnce = 50

interface CopyOptions {
  readonly project: Pick<Project, 'folder' | 'imagesFolder' | 'originalsFolder' | 'channels'>
  readonly files: readonly ExportFile[]
  readonly target: string
  readonly images: Pick<ImagesClient, 'render' | 'copy'>
  /** A cache for frames. */
  readonly viewsFolder: string
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

/**
 * Writes the pictures and proves each one: what is copied is exactly what was hashed, so a short or damaged source never
 * gets through. Synchronous calls in slices: for thousands of small files several times faster than a promise a file,
 * while queries still get through. The images child copies beside it, and makes what has to be made of its original.
 * @returns every picture with its hash, not yet synced. Throws `image_missing`; the signal's reason when it is raised.
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
  const copies = new NewFiles(target)
  const note = (copied: readonly WrittenFile[]): void => {
    for (const file of copied) written.set(file, file)
    onProgress?.(written.size, files.length)
  }
  const copyHere = async (some: readonly WrittenFile[]): Promise<void> => {
    let sliceEnds = performance.now() + sliceMs
    for (const file of some) {
      copyPicture(file, { reader, copies })
      if (performance.now() < sliceEnds) continue
      await nextTurn()
      signal?.throwIfAborted()
      sliceEnds = performance.now() + sliceMs
    }
  }
  const known = files.filter(isKnown)
  await copyShared({
    files: known.filter(({ source }) => source.kind === 'picture'),
    ...{ imagesFolder: project.imagesFolder, target, images, copyHere, missing },
    onCopied: note,
  })
  const originals = known.filter(({ source }) => source.kind === 'original')
  for (let from = 0; from < originals.length; from += originalsAtOnce) {
    const batch = originals.slice(from, from + originalsAtOnce)
    await copyHere(batch)
    note(batch)
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
  onProgress?.(files.length, files.length)
  return files.map((file) => written.get(file) ?? notWritten(file))
}

/** Its bytes lie somewhere already, and are known. */
const isKnown = (file: ExportFile): file is WrittenFile => isHashed(file) && file.source.kind !== 'rendered'

function copyPicture(
  file: WrittenFile,
  { reader, copies }: { readonly reader: PictureReader; readonly copies: NewFiles },
): void {
  const { sha256, source } = file
  const bytes = source.kind === 'original' ? reader.readFile(source.file, sha256) : reader.readPicture(sha256)
  if (bytes === null) throw missing(file)
  copies.write(file.path, bytes)
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
