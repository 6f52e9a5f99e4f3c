import { FlawsmithError } from '../../../../contract/errors.ts'
import { selectOne } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'

/**
 * What holds whatever people change: an image that takes part belongs to a class that is there, and none that was excluded comes back
 * beside another of the same part of the same source.
 * Throws `class_removed`, `change_built_upon`, `image_twice` and `picture_of_other_size`, naming the first image that would break it.
 */
export function assertConsistent(
  db: Db,
  {
    imageIds,
    restored,
    removed,
  }: {
    readonly imageIds: readonly number[]
    readonly restored: readonly number[]
    /** Classes that were removed. */
    readonly removed: readonly number[]
  },
): void {
  for (const id of removed) refuseClassInUse(db, id)
  for (const id of imageIds) {
    const image = selectOne<{ sourcePath: string; className: string }>(
      db,
      `SELECT i.source_path AS sourcePath, c.name AS className FROM images i JOIN classes c ON c.id = i.class_id
       WHERE i.id = :id AND i.state = 'active' AND c.state = 'removed'`,
      { id },
    )
    if (image === undefined) continue
    const { sourcePath, className } = image
    throw new FlawsmithError(
      'class_removed',
      `Image ${id} (${sourcePath}) belongs to “${className}”, which was removed. Move it to another class first, or undo the removal.`,
      { image: id, path: sourcePath, class: className },
    )
  }
  for (const id of restored) {
    refuseOtherSize(db, id)
    const image = selectOne<{ sourcePath: string; twin: number | null }>(
      db,
      `SELECT i.source_path AS sourcePath,
              (SELECT MIN(t.id) FROM images t
               WHERE t.source_sha256 = i.source_sha256 AND t.state = 'active' AND t.id <> i.id AND t.page = i.page
                 AND t.rect_x = i.rect_x AND t.rect_y = i.rect_y
                 AND t.rect_width = i.rect_width AND t.rect_height = i.rect_height) AS twin
       FROM images i WHERE i.id = :id`,
      { id },
    )
    if (image === undefined || image.twin === null) continue
    const { sourcePath, twin } = image
    throw new FlawsmithError(
      'image_twice',
      `Image ${id} (${sourcePath}) is in the project a second time, as image ${twin}. Exclude that one first.`,
      { image: id, path: sourcePath, other: twin },
    )
  }
}

/** Its images would be in no class that anybody sees. */
function refuseClassInUse(db: Db, id: number): void {
  const used = selectOne<{ name: string; images: number }>(
    db,
    `SELECT c.name, COUNT(*) AS images FROM images i JOIN classes c ON c.id = i.class_id
     WHERE i.class_id = :id AND i.state = 'active' GROUP BY c.id`,
    { id },
  )
  if (used === undefined) return
  const { name, images } = used
  throw new FlawsmithError(
    'change_built_upon',
    `“${name}” cannot go: ${images} images are in it. Exclude or move them first, undo the import that brought them (“imports undo”), or remove the class with them (“classes remove”).`,
    { class: name, images },
  )
}

/** It was left out when the size was changed, because its original was not there. */
function refuseOtherSize(db: Db, id: number): void {
  const picture = selectOne<{ size: number; projectSize: number; sourcePath: string }>(
    db,
    `SELECT p.size, j.size AS projectSize, i.source_path AS sourcePath
     FROM images i JOIN pictures p ON p.id = (SELECT MAX(id) FROM pictures WHERE image_id = i.id), project j
     WHERE i.id = :id AND p.size <> j.size`,
    { id },
  )
  if (picture === undefined) return
  const { size, projectSize, sourcePath } = picture
  throw new FlawsmithError(
    'picture_of_other_size',
    `Image ${id} (${sourcePath}) has a picture of ${size} pixels, and the project has ${projectSize}: its original was missing when the size was changed. Import its folder again.`,
    { image: id, path: sourcePath, size, projectSize },
  )
}
