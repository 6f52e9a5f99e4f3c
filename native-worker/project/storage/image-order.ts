import type { ImageFilter, ImageSort, ListedImage } from '../../../contract/dataset-images.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImageId } from '../../../contract/ids.ts'
import { selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'

interface OrderRow {
  readonly id: ImageId
  readonly path: string
  readonly className: string
  readonly split: string | null
  readonly pixels: number
}

const splitOrder: Readonly<Record<string, number>> = { train: 0, val: 1, test: 2 }
/** "9.png" before "10.png". */
const naturalKey = (path: string): string => path.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'))
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The ids of all images that a filter lets through, in order: the whole order at once, so that a view of 100,000 images can go anywhere in
 * it without counting rows again.
 */
export function orderImages(
  db: Db,
  {
    filter,
    sort,
    descending = false,
  }: { readonly filter: ImageFilter; readonly sort: ImageSort; readonly descending?: boolean },
): ImageId[] {
  const conditions = ['i.state = :state']
  const params: Record<string, string | number> = { state: filter.state ?? 'active' }
  // Images of removed classes are excluded ones; they are named by the class they had.
  if (filter.classId !== undefined) {
    conditions.push('i.class_id = :classId')
    params['classId'] = filter.classId
  }
  if (filter.split !== undefined) {
    conditions.push('i.split = :split')
    params['split'] = filter.split
  }
  if (filter.importId !== undefined) {
    conditions.push('i.import_id = :importId')
    params['importId'] = filter.importId
  }
  if (filter.search !== undefined && filter.search.trim() !== '') {
    conditions.push('instr(lower(i.source_path), lower(:search)) > 0')
    params['search'] = filter.search.trim()
  }
  const where = conditions.join(' AND ')
  // The way in which the screen opens.
  if (sort === 'import') {
    const order = descending ? 'DESC' : 'ASC'
    return selectAll<{ id: ImageId }>(
      db,
      `SELECT i.id FROM images i WHERE ${where} ORDER BY i.id ${order}`,
      params,
    ).map(({ id }) => id)
  }
  const rows = selectAll<OrderRow>(
    db,
    `SELECT i.id, i.source_path AS path, c.name AS className, i.split, i.source_width * i.source_height AS pixels
     FROM images i JOIN classes c ON c.id = i.class_id WHERE ${where} ORDER BY i.id`,
    params,
  )
  const sorted = inOrder(rows, sort).map(({ id }) => id)
  return descending ? sorted.reverse() : sorted
}

function inOrder(rows: OrderRow[], sort: Exclude<ImageSort, 'import'>): readonly OrderRow[] {
  if (sort === 'class') return rows.sort((a, b) => byText(a.className, b.className) || a.id - b.id)
  if (sort === 'split')
    return rows.sort((a, b) => (splitOrder[a.split ?? ''] ?? 3) - (splitOrder[b.split ?? ''] ?? 3) || a.id - b.id)
  if (sort === 'size') return rows.sort((a, b) => b.pixels - a.pixels || a.id - b.id)
  const keys = new Map(rows.map(({ id, path }) => [id, naturalKey(path.slice(path.lastIndexOf('/') + 1))]))
  return rows.sort((a, b) => byText(keys.get(a.id) ?? '', keys.get(b.id) ?? '') || a.id - b.id)
}

/** In the order of `ids`. Throws `image_not_found`. */
export const describeImages = (db: Db, ids: readonly ImageId[]): ListedImage[] =>
  ids.map((id) => {
    const found = selectOne<ListedImage>(
      db,
      `SELECT i.id, i.sha256, i.source_path AS sourcePath, i.source_width AS sourceWidth, i.source_height AS sourceHeight, i.split,
              i.class_id AS classId, c.name AS className, f.name AS importedAs, i.state, i.import_id AS importId, i.group_id AS groupId
       FROM images i JOIN classes c ON c.id = i.class_id JOIN classes f ON f.id = i.imported_class_id WHERE i.id = :id`,
      { id },
    )
    if (found !== undefined) return found
    throw new FlawsmithError('image_not_found', `There is no image ${id} in this project. “images list” names them.`, {
      image: id,
    })
  })

/**
 * Images by their path in the imported folder, or with it in front. One path may name several, of several imports.
 * Throws `image_not_found`.
 */
export const findImages = (db: Db, paths: readonly string[]): ImageId[] =>
  paths.flatMap((path) => {
    const found = selectAll<{ id: ImageId }>(
      db,
      `SELECT i.id FROM images i LEFT JOIN imports m ON m.id = i.import_id
       WHERE i.source_path = :path OR m.folder || '/' || i.source_path = :path ORDER BY i.id`,
      { path },
    )
    if (found.length > 0) return found.map(({ id }) => id)
    throw new FlawsmithError(
      'image_not_found',
      `No image of this project was imported from “${path}”. “images list” names them, as they lie in the imported folder.`,
      { path },
    )
  })
