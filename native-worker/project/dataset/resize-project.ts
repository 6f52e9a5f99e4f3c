import { FlawsmithError } from '../../../contract/errors.ts'
import type { Fit } from '../../../contract/dataset.ts'
import type { ImageId } from '../../../contract/ids.ts'
import type { DerivedPicture, ImagesClient } from '../../../contract/images.ts'
import type { ResizeOutcome } from '../../../contract/originals.ts'
import { shownRectangle } from '../../../contract/source-rectangle.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { Project } from '../open-project.ts'
import { originalSource } from '../original-source.ts'
import { inTransaction } from '../storage/query.ts'
import { changePicture, listDerivations, recordPictures } from '../storage/pictures.ts'
import type { Derivation } from '../storage/pictures.ts'
import { changeDataset } from './changes/change-dataset.ts'
import { deriveBatch } from './derive-batch.ts'
import type { Derivable } from './derive-batch.ts'
import { ResizedPictures } from './resized-pictures.ts'

export interface ResizeOptions {
  readonly project: Project
  /** Pixels an edge. */
  readonly size: number
  /** How images of another shape become square from now on; each stays as it was imported if left out. */
  readonly fit?: Fit | undefined
  /** Excludes the images that cannot be made again, instead of refusing. */
  readonly leaveOut?: boolean | undefined
  readonly by: string
  readonly images: ImagesClient
  /** A cache for frames. */
  readonly viewsFolder: string
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

const batchLength = 100

/**
 * Derives the picture of every image again from its original, at another size: the same part of the same page with the same scale of
 * grey. Written beside the pictures in use, which stay for the runs that learned from them; one transaction switches, so that a project
 * killed at any moment has one size or the other. Images that are excluded and have no original keep their old picture.
 * Throws `originals_missing` where an image in use cannot be made again, naming the first of them; `disk_space_low`, `disk_full`,
 * `cancelled`.
 */
export async function resizeProject({
  project,
  size,
  fit,
  leaveOut = false,
  by,
  images,
  viewsFolder,
  signal,
  onProgress,
}: ResizeOptions): Promise<ResizeOutcome> {
  const { db, folder, channels } = project
  const derivations = listDerivations(db).map((each) => ({
    ...each,
    file: each.original === null ? null : originalSource(project, each.original),
  }))
  refuseNothing(project, { size, fit, derivations })
  const lost = derivations.filter(({ file, isActive }) => file === null && isActive)
  // Said before hours of work, not after.
  if (!leaveOut) refuseLost(lost)
  const due = derivations.filter(isDerivable).map((each) => withFit(each, fit))
  const resized = ResizedPictures.begin(project)
  try {
    const pictures = new Map<ImageId, DerivedPicture & { readonly ok: true }>()
    onProgress?.(0, due.length)
    for (let from = 0; from < due.length; from += batchLength) {
      signal?.throwIfAborted()
      const batch = due.slice(from, from + batchLength)
      const derived = await deriveBatch(batch, { images, size, channels, folder: resized.folder, viewsFolder })
      for (const each of batch) {
        const answer = derived.get(each.id)
        if (answer?.ok === true) pictures.set(each.id, answer)
        else if (each.isActive) lost.push(each)
      }
      if (!leaveOut) refuseLost(lost)
      onProgress?.(from + batch.length, due.length)
    }
    signal?.throwIfAborted()
    await resized.settle([...pictures.values()].map(({ sha256 }) => sha256))
    withStorageFailures(folder, () =>
      inTransaction(db, () => {
        for (const each of due) {
          const picture = pictures.get(each.id)
          if (picture !== undefined) changePicture(db, { ...each, ...picture })
        }
        const [firstId, lastId] = [derivations[0]?.id, derivations.at(-1)?.id]
        if (firstId !== undefined && lastId !== undefined) recordPictures(db, { firstId, lastId, size })
        changeDataset(db, {
          by,
          changes: [
            { kind: 'resize', after: { size } },
            ...lost.map(({ id }) => ({ kind: 'resize', imageId: id, after: { state: 'excluded' } }) as const),
          ],
        })
      }),
    )
    return { size, images: pictures.size, leftOut: lost.map(({ sourcePath }) => sourcePath) }
  } catch (thrown) {
    if (signal?.aborted === true)
      throw new FlawsmithError(
        'cancelled',
        'The size was not changed; nothing was left half-done.',
        {},
        { cause: thrown },
      )
    throw thrown
  } finally {
    resized.clear()
  }
}

const isDerivable = (derivation: Derivation & { readonly file: string | null }): derivation is Derivable =>
  derivation.file !== null

/** A patch was cut as it should be shown; of a whole image another part shows where it is fitted otherwise. */
function withFit(derivation: Derivable, fit: Fit | undefined): Derivable {
  if (fit === undefined || fit === derivation.fit) return derivation
  if (derivation.isPatch) return { ...derivation, fit }
  const { sourceWidth: width, sourceHeight: height } = derivation
  return { ...derivation, fit, shown: shownRectangle({ width, height, fit }) }
}

function refuseNothing(
  project: Project,
  { size, fit, derivations }: Pick<ResizeOptions, 'size' | 'fit'> & { readonly derivations: readonly Derivation[] },
): void {
  const keepsFit = fit === undefined || derivations.every((each) => each.fit === fit)
  if (size !== project.size || !keepsFit) return
  throw new FlawsmithError('invalid_request', `The project has ${size} × ${size} pixels already. Name another size.`, {
    size,
  })
}

function refuseLost(lost: readonly Pick<Derivation, 'sourcePath'>[]): void {
  const [first] = lost
  if (first === undefined) return
  throw new FlawsmithError(
    'originals_missing',
    `${lost.length} images have no original in the project to make them again from; the first: ${first.sourcePath}. Import their folder again, which adds the originals and no images, or leave these images out (--leave-out).`,
    { images: lost.length, first: first.sourcePath },
  )
}
