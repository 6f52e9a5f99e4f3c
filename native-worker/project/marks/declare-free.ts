import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassId } from '../../../contract/ids.ts'
import type { Change } from '../dataset/changes/change.ts'
import { changeDataset } from '../dataset/changes/change-dataset.ts'
import { getClass } from '../storage/classes.ts'
import { countMarks } from '../storage/marks.ts'
import { inTransaction } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { freeClassOf } from './free-of-defects.ts'

interface Declaration {
  readonly classId: ClassId | null
  readonly by: string
  /** Also a class with images on which defects are marked. */
  readonly despiteMarks?: boolean
}

/**
 * Declares the one class free of defects, or that none is: a change of the data set, logged as such.
 * Throws `class_not_found`, `class_has_marks`.
 */
export const declareFree = (db: Db, { classId, by, despiteMarks = false }: Declaration): void =>
  inTransaction(db, () => {
    const before = freeClassOf(db)?.id ?? null
    if (classId !== null) getClass(db, classId)
    if (before === classId) return
    if (classId !== null && !despiteMarks) assertUnmarked(db, classId)
    const becomes = (id: ClassId | null, freeOfDefects: 0 | 1): Change[] =>
      id === null ? [] : [{ kind: 'free-of-defects', classId: id, after: { freeOfDefects } }]
    // At most one: it is taken from the one before it is given to the other.
    changeDataset(db, { by, changes: [...becomes(before, 0), ...becomes(classId, 1)] })
  })

function assertUnmarked(db: Db, classId: ClassId): void {
  const counts = countMarks(db).find((each) => each.classId === classId)
  if (counts === undefined || counts.marked === 0) return
  const { name, marked, images } = counts
  throw new FlawsmithError(
    'class_has_marks',
    `Defects are marked on ${marked} of the ${images} images of “${name}”. Look at these marks first, or say that the class is free of defects despite them.`,
    { class: name, marked, images },
  )
}
