import type { ChangeOutcome } from '../../../../contract/changes.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ClassId, ImageId } from '../../../../contract/ids.ts'
import { ensureClass } from '../../storage/classes.ts'
import { isDisputed, settleClaims } from '../../storage/label-claims.ts'
import { inTransaction, selectRow } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import { changeDataset } from './change-dataset.ts'
import type { ImageFields } from './change.ts'

/**
 * Somebody says which class an image belongs to whose file lies in the folders of several: it becomes one of that class and takes
 * part again; null leaves it out for good. Throws `image_not_found` where there is no such conflict.
 */
export const settleLabelConflict = (
  db: Db,
  { imageId, className, by }: { readonly imageId: ImageId; readonly className: string | null; readonly by: string },
): ChangeOutcome =>
  inTransaction(db, () => {
    if (!isDisputed(db, imageId))
      throw new FlawsmithError(
        'image_not_found',
        `No folders disagree about image ${imageId}, or somebody has decided already. “conflicts list” names those that are open.`,
        { image: imageId },
      )
    const { classId, state } = selectRow<{ classId: ClassId; state: 'active' | 'excluded' }>(
      db,
      'SELECT class_id AS classId, state FROM images WHERE id = :imageId',
      { imageId },
    )
    const wanted = className === null ? null : ensureClass(db, className)
    const outcome = changeDataset(db, {
      by,
      changes: [{ kind: 'settle-conflict', imageId, after: decided({ classId, state }, wanted) }],
    })
    settleClaims(db, { imageId, change: outcome.batch })
    return outcome
  })

/** What becomes another of the image: nothing where it is left as it was. */
function decided(
  { classId, state }: { readonly classId: ClassId; readonly state: string },
  wanted: ClassId | null,
): Partial<Pick<ImageFields, 'classId' | 'state'>> {
  if (wanted === null) return state === 'excluded' ? {} : { state: 'excluded' }
  return { ...(wanted === classId ? {} : { classId: wanted }), ...(state === 'active' ? {} : { state: 'active' }) }
}
