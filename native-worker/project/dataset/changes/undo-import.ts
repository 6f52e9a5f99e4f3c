import type { ChangeOutcome } from '../../../../contract/changes.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ClassId, ImageId } from '../../../../contract/ids.ts'
import { inTransaction, selectAll, selectOne } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import type { Change } from './change.ts'
import { changeDataset } from './change-dataset.ts'

/**
 * Excludes every image that an import brought, and removes the classes that came with it and have no other image. The same folder can be
 * imported again then, under other classes. Throws `import_not_found`.
 */
export const undoImport = (
  db: Db,
  { importId, by }: { readonly importId: number; readonly by: string },
): ChangeOutcome =>
  inTransaction(db, () => {
    if (selectOne(db, 'SELECT id FROM imports WHERE id = :importId', { importId }) === undefined)
      throw new FlawsmithError(
        'import_not_found',
        `There is no import ${importId} in this project. “imports list” names them.`,
        { import: importId },
      )
    const images = selectAll<{ id: ImageId }>(
      db,
      `SELECT id FROM images WHERE import_id = :importId AND state = 'active' ORDER BY id`,
      { importId },
    )
    return changeDataset(db, {
      by,
      changes: [
        ...images.map(({ id }): Change => ({
          kind: 'undo-import',
          imageId: id,
          importId,
          after: { state: 'excluded' },
        })),
        ...classesLeftEmpty(db, importId).map(({ id }): Change => ({
          kind: 'undo-import',
          classId: id,
          importId,
          after: { state: 'removed', freeOfDefects: 0 },
        })),
      ],
    })
  })

/** Classes whose first image came with the import, and that have no active image from elsewhere. */
const classesLeftEmpty = (db: Db, importId: number): { readonly id: ClassId }[] =>
  selectAll(
    db,
    `SELECT c.id FROM classes c
     WHERE c.state = 'active'
       AND (SELECT i.import_id FROM images i WHERE i.imported_class_id = c.id ORDER BY i.id LIMIT 1) = :importId
       AND NOT EXISTS (
         SELECT 1 FROM images i WHERE i.class_id = c.id AND i.state = 'active' AND i.import_id IS NOT :importId
       )
     ORDER BY c.id`,
    { importId },
  )
