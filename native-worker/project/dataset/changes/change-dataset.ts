import type { ChangeKind, ChangeOutcome } from '../../../../contract/changes.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import { formGroupsAnew } from '../../storage/groups.ts'
import { execute, inTransaction, selectOne, selectRow } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import { recordRows } from '../../storage/record.ts'
import { assignSplits } from '../../storage/splits.ts'
import { assertConsistent } from './assert-consistent.ts'
import type { Change, ChangeableTable, Fields } from './change.ts'
import { changeableColumns } from './change.ts'

/** One row of the log that is to be written. */
export interface ChangeDraft {
  readonly kind: ChangeKind
  readonly imageId?: number | null
  readonly classId?: number | null
  readonly importId?: number | null
  readonly after: Fields
  /** The change that this one takes back. */
  readonly undoes?: number
}

/**
 * The one way in which people change a data set: all of it or, where something is wrong, nothing. Each row that becomes another is
 * written into the log, with what it was, what it is and who did it, and into the record; what is so already is no change. Splits that
 * are not locked are drawn again for the images as they now are; a locked image keeps its side.
 * Throws `image_not_found`, `class_not_found`, and what `assertConsistent` throws.
 * @param by the person, as named by themselves
 */
export const changeDataset = (
  db: Db,
  {
    by,
    changes,
    isDividedLater = false,
  }: {
    readonly by: string
    readonly changes: readonly Change[]
    /** Where an import is under way: what has not been compared yet gets no side for good. */
    readonly isDividedLater?: boolean
  },
): ChangeOutcome =>
  appendChanges(db, {
    by,
    drafts: changes.map((change) => ({ ...change, after: { ...change.after } })),
    isDividedLater,
  })

/** The same for whatever the log holds: an undo writes rows of every kind. */
export const appendChanges = (
  db: Db,
  {
    by,
    drafts,
    isDividedLater = false,
  }: { readonly by: string; readonly drafts: readonly ChangeDraft[]; readonly isDividedLater?: boolean },
): ChangeOutcome =>
  inTransaction(db, () => {
    const changedAt = new Date().toISOString()
    const batch = newestChange(db) + 1
    let lastId = 0
    const images = new Set<number>()
    const restored: number[] = []
    const removed: number[] = []
    let redraw = false
    let regroup = false
    for (const draft of drafts) {
      const { kind, imageId = null, classId = null, importId = null, after, undoes = null } = draft
      const row = rowOf(draft)
      const current = readFields(db, row, Object.keys(after))
      const changed = Object.keys(after).filter((field) => current[field] !== after[field])
      if (changed.length === 0 && undoes === null && kind !== 'settle-conflict') continue
      if (row.table === 'classes') refuseTakenName(db, { id: row.id, name: after['name'] })
      writeFields(db, row, after)
      if (row.table === 'classes' && after['state'] === 'removed') removed.push(row.id)
      lastId = execute(
        db,
        `INSERT INTO dataset_changes (batch, kind, image_id, class_id, import_id, before, after, changed_by, changed_at, undoes)
         VALUES (:batch, :kind, :imageId, :classId, :importId, :before, :after, :by, :changedAt, :undoes)`,
        {
          ...{ batch, kind, imageId, classId, importId, by, changedAt, undoes },
          before: JSON.stringify(current),
          after: JSON.stringify(after),
        },
      ).id
      if (imageId !== null) images.add(imageId)
      if (imageId !== null && after['state'] === 'active') restored.push(imageId)
      regroup ||= imageId !== null && ('state' in after || 'handGroup' in after)
      redraw ||= regroup || (imageId !== null && 'classId' in after)
    }
    if (lastId === 0) return { batch: null, images: 0 }
    recordRows(db, { kind: 'dataset_changes', firstId: batch, lastId })
    assertConsistent(db, { imageIds: [...images], restored, removed })
    if (isDividedLater) return { batch, images: images.size }
    if (regroup) formGroupsAnew(db)
    if (redraw) assignSplits(db)
    return { batch, images: images.size }
  })

/** Two classes cannot bear one name: an undo may find its old one taken. */
function refuseTakenName(db: Db, { id, name }: { readonly id: number; readonly name: unknown }): void {
  if (typeof name !== 'string') return
  const holder = selectOne<{ id: number }>(db, 'SELECT id FROM classes WHERE name = :name AND id <> :id', { name, id })
  if (holder === undefined) return
  throw new FlawsmithError(
    'class_exists',
    `There is a class “${name}” already. Rename that one, or merge the two (“classes merge”).`,
    { class: name },
  )
}

export const newestChange = (db: Db): number =>
  selectRow<{ id: number }>(db, 'SELECT COALESCE(MAX(id), 0) AS id FROM dataset_changes').id

interface ChangedRow {
  readonly table: ChangeableTable
  readonly id: number
}

export const rowOf = ({ imageId, classId }: Pick<ChangeDraft, 'imageId' | 'classId'>): ChangedRow => {
  if (imageId !== undefined && imageId !== null) return { table: 'images', id: imageId }
  if (classId !== undefined && classId !== null) return { table: 'classes', id: classId }
  return { table: 'project', id: 1 }
}

const columnsOf = (table: ChangeableTable, fields: readonly string[]): (readonly [string, string])[] => {
  const known: Readonly<Record<string, string>> = changeableColumns[table]
  return fields.map((field) => {
    const column = known[field]
    if (column === undefined) throw new Error(`Nobody may change “${field}” of ${table}.`)
    return [field, column]
  })
}

function readFields(db: Db, { table, id }: ChangedRow, fields: readonly string[]): Fields {
  const list = columnsOf(table, fields).map(([field, column]) => `, ${column} AS ${field}`)
  const found = selectOne<Fields & { readonly id: number }>(
    db,
    `SELECT id${list.join('')} FROM ${table} WHERE id = :id`,
    { id },
  )
  if (found !== undefined) return Object.fromEntries(fields.map((field) => [field, found[field] ?? null]))
  if (table === 'images')
    throw new FlawsmithError('image_not_found', `There is no image ${id} in this project. “images list” names them.`, {
      image: id,
    })
  throw new FlawsmithError('class_not_found', `There is no class ${id}.`, { class: id })
}

function writeFields(db: Db, { table, id }: ChangedRow, fields: Fields): void {
  const list = columnsOf(table, Object.keys(fields)).map(([field, column]) => `${column} = :${field}`)
  if (list.length === 0) return
  execute(db, `UPDATE ${table} SET ${list.join(', ')} WHERE id = :id`, { ...fields, id })
}
