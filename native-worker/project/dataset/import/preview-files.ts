import { realpath } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Fit } from '../../../../contract/dataset.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { DepthChoice } from '../../../../contract/grey-depth.ts'
import type { ImagesClient } from '../../../../contract/images.ts'
import type { FilePreview } from '../../../../contract/layouts.ts'
import type { Channels } from '../../../../contract/project.ts'
import { findDepth } from '../find-depth.ts'
import { lies } from '../../../files/real-path.ts'

interface PreviewTask {
  readonly folder: string
  /** Relative to the folder, with `/` between names. */
  readonly paths: readonly string[]
  /** Pixels an edge. */
  readonly size: number
  readonly channels: Channels
  readonly fit: Fit
  /** `auto` looks at these files only. */
  readonly depth?: DepthChoice
  /** Also what links outside of the folder lead to. */
  readonly followLinks?: boolean
  readonly images: ImagesClient
  /** Where they are put by their content; a cache. */
  readonly picturesFolder: string
}

/** Files as an import would make pictures of them, one answer a path. Throws `path_outside`. */
export async function previewFiles({
  folder,
  paths,
  size,
  channels,
  fit,
  depth: asked = 'auto',
  followLinks = false,
  images,
  picturesFolder,
}: PreviewTask): Promise<FilePreview[]> {
  const root = await realpath(folder)
  const files = await Promise.all(paths.map((path) => fileIn(root, { path, followLinks })))
  const found = files.filter((file) => file !== null)
  const depth = await findDepth(found, { asked, images, signal: undefined })
  const read = await images.ingest({
    ...{ files: found, size, channels, fit, imagesFolder: picturesFolder },
    depth: depth?.rule ?? null,
  })
  const answers = new Map(found.map((file, index) => [file, read[index]]))
  return files.map((file): FilePreview => {
    const answer = file === null ? undefined : answers.get(file)
    if (answer === undefined) return { ok: false, reason: 'unreadable' }
    if (!answer.ok) return { ok: false, reason: answer.reason }
    const { sha256, sourceWidth, sourceHeight, original } = answer
    return { ok: true, sha256, sourceWidth, sourceHeight, fileBytes: original.sizeBytes }
  })
}

/** Null where there is none any more. */
async function fileIn(
  root: string,
  { path, followLinks }: { readonly path: string; readonly followLinks: boolean },
): Promise<string | null> {
  const names = path.split('/')
  if (isAbsolute(path) || names.some((name) => name === '' || name === '.' || name === '..' || name.includes('\0')))
    throw outside(root, path)
  let real
  try {
    real = await realpath(join(root, ...names))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === undefined) throw thrown
    return null
  }
  if (!followLinks && !lies(real, root)) throw outside(root, path)
  return real
}

const outside = (folder: string, path: string): FlawsmithError =>
  new FlawsmithError(
    'path_outside',
    `“${path.slice(0, 200)}” does not lie in ${folder}, or is reached through a link. Choose the folder that holds it.`,
    { folder, path: path.slice(0, 200) },
  )
