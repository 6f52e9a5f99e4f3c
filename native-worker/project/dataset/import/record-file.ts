import type { Fit, SkippedFile } from '../../../../contract/dataset.ts'
import type { ImageId, Sha256 } from '../../../../contract/ids.ts'
import type { IngestedFile } from '../../../../contract/images.ts'
import { shownRectangle } from '../../../../contract/source-rectangle.ts'
import type { ClassOfName } from '../../storage/classes.ts'
import { ensureClassOfName, findClassOfName } from '../../storage/classes.ts'
import type { KnownImage } from '../../storage/images.ts'
import { findImageBySource, insertImage, isKnownSource } from '../../storage/images.ts'
import { insertClaim } from '../../storage/label-claims.ts'
import { isKnownSample } from '../../storage/samples.ts'
import type { Project } from '../../open-project.ts'
import type { PlannedFile } from '../layouts/layout-plan.ts'
import type { ExcludedImages } from './excluded-images.ts'

interface ReadFile {
  readonly file: PlannedFile
  readonly result: IngestedFile
  readonly importId: number
  readonly fit: Fit
  readonly excluded: ExcludedImages
}

export type RecordedFile =
  | { readonly kind: 'added'; readonly isImage: true; readonly id: ImageId; readonly of: ClassOfName }
  | {
      readonly kind: 'skipped'
      readonly file: SkippedFile
      /** Whether an image of the project was imported from these bytes. */
      readonly isImage: boolean
      /** Whether it came with another split than that image has. */
      readonly isOtherSplit: boolean
      /** An image of this very import that a second folder claims: nobody can say yet which class it is. */
      readonly disputed: Pick<KnownImage, 'id' | 'sourcePath'> | null
    }

/**
 * Makes an image of a file that was read, or says why not. Call `recordImages` about what one transaction adds, and `OtherNames.apply`: an
 * image is inserted as of the class that its folder names, also where that one was merged.
 */
export function recordFile({ db }: Project, { file, result, importId, fit, excluded }: ReadFile): RecordedFile {
  const { path, className } = file
  const skipped = (
    reason: SkippedFile['reason'],
    detail: string,
    {
      isImage = false,
      isOtherSplit = false,
      disputed = null,
    }: Partial<Omit<Extract<RecordedFile, { kind: 'skipped' }>, 'kind' | 'file'>> = {},
  ): RecordedFile => ({ kind: 'skipped', file: { path, reason, detail }, isImage, isOtherSplit, disputed })
  if (!result.ok) {
    const { reason, detail, cause } = result
    const skippedFile: SkippedFile = { path, reason, detail, ...(cause === undefined ? {} : { cause }) }
    return { kind: 'skipped', file: skippedFile, isImage: false, isOtherSplit: false, disputed: null }
  }
  // Of most files no image is known, excluded or not.
  const seen = [result.sourceSha256, ...(file.sourceSha256 === undefined ? [] : [file.sourceSha256])].filter((sha256) =>
    isKnownSource(db, sha256),
  )
  const known = firstOf(seen, (sha256) => findImageBySource(db, sha256))
  const isImage = known?.sourceSha256 === result.sourceSha256
  if (known !== undefined) {
    // The label it came with is no contradiction, whatever people have made of it since.
    if (
      [known.className, known.importedClass, known.importedClassNow].includes(className) ||
      findClassOfName(db, className)?.classId === known.classId
    ) {
      const isOtherSplit = file.split !== null && file.split !== known.split
      return skipped('duplicate', known.sourcePath, { isImage, isOtherSplit })
    }
    insertClaim(db, { imageId: known.id, importId, className, sourcePath: path })
    const twin = `${known.className}: ${known.sourcePath}`
    return known.importId === importId
      ? skipped('label_conflict', twin, { isImage, disputed: known })
      : skipped('duplicate_in_other_class', twin, { isImage })
  }
  const leftOut = firstOf(seen, (sha256) => excluded.find(sha256))
  if (leftOut !== undefined) {
    const isOriginal = { isImage: leftOut.sourceSha256 === result.sourceSha256 }
    if (!leftOut.isDisputed) return skipped('excluded_by_person', leftOut.sourcePath, isOriginal)
    if (leftOut.className !== className) insertClaim(db, { imageId: leftOut.id, importId, className, sourcePath: path })
    return skipped('label_conflict', `${leftOut.className}: ${leftOut.sourcePath}`, isOriginal)
  }
  // Whatever it is called and wherever it lies: what this project has drawn never comes back as real.
  if ([result.sourceSha256, result.sha256].some((hash) => isKnownSample(db, hash)))
    return skipped('synthetic', 'drawn by a run of this project')
  const { sha256, sizeBytes, sourceWidth, sourceHeight, sourceSha256, grey, page } = result
  const of = ensureClassOfName(db, className)
  const id = insertImage(db, {
    ...{ sha256, sizeBytes, sourceWidth, sourceHeight, sourceSha256, grey, page },
    classId: of.namedId,
    importId,
    sourcePath: path,
    fit,
    shown: shownRectangle({ width: sourceWidth, height: sourceHeight, fit }),
    isPatch: false,
    givenSplit: file.split,
  })
  return { kind: 'added', isImage: true, id, of }
}

function firstOf<Found>(hashes: readonly Sha256[], find: (sha256: Sha256) => Found | undefined): Found | undefined {
  for (const sha256 of hashes) {
    const found = find(sha256)
    if (found !== undefined) return found
  }
  return undefined
}
