import type { ChangeOutcome } from '../../../../contract/changes.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ClassId, ImageId } from '../../../../contract/ids.ts'
import { getClass } from '../../storage/classes.ts'
import { inTransaction, selectAll, selectOne } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import type { Change } from './change.ts'
import { changeDataset } from './change-dataset.ts'

interface OfClass {
  readonly classId: ClassId
  readonly by: string
}

/**
 * Throws `class_exists` where another class bears the name: then merging is what is wanted. A class that was removed gives its name up.
 */
export const renameClass = (db: Db, { classId, name, by }: OfClass & { readonly name: string }): ChangeOutcome =>
  inTransaction(db, () => {
    getClass(db, classId)
    const other = selectOne<{ id: ClassId; state: string }>(db, 'SELECT id, state FROM classes WHERE name = :name', {
      name,
    })
    const changes: Change[] = [{ kind: 'rename', classId, after: { name } }]
    if (other !== undefined && other.id !== classId) {
      if (other.state === 'active')
        throw new FlawsmithError(
          'class_exists',
          `There is a class “${name}” already. Merge the two (“classes merge”), or choose another name.`,
          { class: name, images: getClass(db, other.id).images },
        )
      changes.unshift({ kind: 'rename', classId: other.id, after: { name: `${name} (removed ${other.id})` } })
    }
    return changeDataset(db, { by, changes })
  })

/**
 * Every image of the class becomes one of `into`, and its accepted candidates count there: their decisions keep what was decided on. What is
 * imported under its name from now on goes there, too.
 */
export const mergeClasses = (db: Db, { classId, into, by }: OfClass & { readonly into: ClassId }): ChangeOutcome =>
  inTransaction(db, () => {
    const { name } = getClass(db, classId)
    getClass(db, into)
    if (classId === into)
      throw new FlawsmithError('invalid_request', `“${name}” cannot be merged into itself. Name another class.`, {
        class: name,
      })
    const before = selectAll<{ id: ClassId }>(db, 'SELECT id FROM classes WHERE merged_into = :classId', { classId })
    return changeDataset(db, {
      by,
      changes: [
        ...imagesOf(db, classId).map(({ id }): Change => ({ kind: 'merge', imageId: id, after: { classId: into } })),
        ...before.map(({ id }): Change => ({ kind: 'merge', classId: id, after: { mergedInto: into } })),
        { kind: 'merge', classId, after: { state: 'removed', mergedInto: into, freeOfDefects: 0 } },
      ],
    })
  })

/** Excludes its images and takes the class off every list. */
export const removeClass = (db: Db, { classId, by }: OfClass): ChangeOutcome =>
  inTransaction(db, () => {
    getClass(db, classId)
    return changeDataset(db, {
      by,
      changes: [
        ...imagesOf(db, classId)
          .filter(({ state }) => state === 'active')
          .map(({ id }): Change => ({ kind: 'remove-class', imageId: id, after: { state: 'excluded' } })),
        { kind: 'remove-class', classId, after: { state: 'removed', freeOfDefects: 0 } },
      ],
    })
  })

/** A class that is left out stays, but neither trains nor is exported. */
export function leaveClassOut(
  db: Db,
  { classId, leftOut, by }: OfClass & { readonly leftOut: boolean },
): ChangeOutcome {
  getClass(db, classId)
  const change: Change = leftOut
    ? { kind: 'leave-out', classId, after: { leftOut: 1 } }
    : { kind: 'take-back-in', classId, after: { leftOut: 0 } }
  return changeDataset(db, { by, changes: [change] })
}

const imagesOf = (db: Db, classId: ClassId): { readonly id: ImageId; readonly state: string }[] =>
  selectAll(db, 'SELECT id, state FROM images WHERE class_id = :classId ORDER BY id', { classId })
