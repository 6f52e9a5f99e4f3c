import type { Fit, SkippedFile } from '../../../../contract/dataset.ts'
import type { ImageId } from '../../../../contract/ids.ts'
import type { IngestedFile } from '../../../../contract/images.ts'
import { shownRectangle } from '../../../../contract/source-rectangle.ts'
import { ensureClass } from '../../storage/classes.ts'
import { findImageBySource, insertImage } from '../../storage/images.ts'
import { isKnownSample } from '../../storage/samples.ts'
import type { Project } from '../../open-project.ts'
import type { PlannedFile } from '../layouts/layout-plan.ts'

interface ReadFile {
  readonly file: PlannedFile
  readonly result: IngestedFile
  readonly importId: number
  readonly fit: Fit
}

export type RecordedFile =
  | { readonly kind: 'added'; readonly isImage: true; readonly id: ImageId }
  | {
      readonly kind: 'skipped'
      readonly file: SkippedFile
      /** Whether an image of the project was imported from these bytes. */
      readonly isImage: boolean
      /** Whether it came with another split than that image has. */
      readonly isOtherSplit: boolean
    }

/** Makes an image of a file that was read, or says why not. Call `recordImages` about what one transaction adds. */
export function recordFile({ db }: Project, { file, result, importId, fit }: ReadFile): RecordedFile {
  const { path, className } = file
  const skipped = (
    reason: SkippedFile['reason'],
    detail: string,
    { isImage = false, isOtherSplit = false } = {},
  ): RecordedFile => ({ kind: 'skipped', file: { path, reason, detail }, isImage, isOtherSplit })
  if (!result.ok) {
    const { reason, detail, cause } = result
    const skippedFile: SkippedFile = { path, reason, detail, ...(cause === undefined ? {} : { cause }) }
    return { kind: 'skipped', file: skippedFile, isImage: false, isOtherSplit: false }
  }
  const known = findImageBySource(db, result.sourceSha256)
  const isImage = known?.sourceSha256 === result.sourceSha256
  if (known !== undefined)
    return known.className === className
      ? skipped('duplicate', known.sourcePath, {
          isImage,
          isOtherSplit: file.split !== null && file.split !== known.split,
        })
      : skipped('duplicate_in_other_class', `${known.className}: ${known.sourcePath}`, { isImage })
  // Whatever it is called and wherever it lies: what this project has drawn never comes back as real.
  if ([result.sourceSha256, result.sha256].some((hash) => isKnownSample(db, hash)))
    return skipped('synthetic', 'drawn by a run of this project')
  const { sha256, sizeBytes, sourceWidth, sourceHeight, sourceSha256, grey, page } = result
  const id = insertImage(db, {
    ...{ sha256, sizeBytes, sourceWidth, sourceHeight, sourceSha256, grey, page },
    classId: ensureClass(db, className),
    importId,
    sourcePath: path,
    fit,
    shown: shownRectangle({ width: sourceWidth, height: sourceHeight, fit }),
    isPatch: false,
    givenSplit: file.split,
  })
  return { kind: 'added', isImage: true, id }
}
