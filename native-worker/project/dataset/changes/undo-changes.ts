import * as v from 'valibot'
import type { ChangeKind, ChangeOutcome } from '../../../../contract/changes.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import { ClassId } from '../../../../contract/ids.ts'
import { reopenClaims } from '../../storage/label-claims.ts'
import { parseColumn } from '../../storage/parse-column.ts'
import { inTransaction, selectAll, selectOne, selectRow } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import { appendChanges, rowOf } from './change-dataset.ts'
import { changeWords } from './change-words.ts'
import type { ChangeDraft } from './change-dataset.ts'
import { listFollowers } from './list-followers.ts'
import { UndoneChanges } from './undone-changes.ts'

interface LoggedChange {
  readonly id: number
  /** The number that it is listed under: a call that changed much is one change. */
  readonly batch: number
  readonly kind: ChangeKind
  readonly imageId: number | null
  readonly classId: number | null
  readonly importId: number | null
  readonly before: string
  readonly after: string
  readonly by: string
  readonly at: string
}

const LoggedFields = v.record(v.string(), v.union([v.string(), v.number(), v.null()]))
const Merged = v.object({ mergedInto: v.exactOptional(v.nullable(ClassId)) })
const beforeOf = 'SELECT before FROM dataset_changes WHERE id = :last'
const columns = `id, batch, kind, image_id AS imageId, class_id AS classId, import_id AS importId, before, after,
                 changed_by AS by, changed_at AS at`

/**
 * Takes back what one call changed, as a call of its own that can be taken back in turn. Nothing is erased. Refused as a whole where
 * something later builds on it: that has to be taken back first.
 * Throws `invalid_request` for a change of size, `change_not_found`, `change_built_upon`, and what `changeDataset` throws.
 */
export const undoChanges = (db: Db, { by, batch }: { readonly by: string; readonly batch: number }): ChangeOutcome =>
  inTransaction(db, () => {
    const changes = selectAll<LoggedChange>(
      db,
      `SELECT ${columns} FROM dataset_changes WHERE batch = :batch ORDER BY id DESC`,
      { batch },
    )
    const [newest] = changes
    if (newest === undefined)
      throw new FlawsmithError(
        'change_not_found',
        `There is no change ${batch} of this data set. “changes list” names them.`,
        { change: batch },
      )
    if (newest.kind === 'resize')
      throw new FlawsmithError(
        'invalid_request',
        `Change ${batch} made every picture again at another size. Change the size again (“resize”) to go back.`,
        { change: batch },
      )
    const undone = new UndoneChanges(db)
    if (!undone.stands(newest.id))
      throw new FlawsmithError('change_built_upon', `Change ${batch} is taken back already.`, {
        change: batch,
      })
    refuseWhereBuiltUpon(db, { batch, changes, undone })
    refuseWhereDecidedSince(db, { batch, changes })
    const drafts = changes.map((change): ChangeDraft => {
      // What was done again goes back to what was there then.
      const last = undone.lastOf(change.id)
      const before = last === change.id ? change.before : selectRow<{ before: string }>(db, beforeOf, { last }).before
      return {
        kind: 'undo',
        imageId: change.imageId,
        classId: change.classId,
        importId: change.importId,
        after: parseColumn(LoggedFields, { column: 'dataset_changes.before', json: before }),
        undoes: last,
      }
    })
    const outcome = appendChanges(db, { by, drafts: [...draftFollowers(db, { changes, undone }), ...drafts] })
    const after = new UndoneChanges(db)
    reopenClaims(db, (change) => after.stands(change))
    return outcome
  })

/** What came under the name of a merged class since goes back with it: first, so that the call is named by what it takes back. */
function draftFollowers(
  db: Db,
  { changes, undone }: { readonly changes: readonly LoggedChange[]; readonly undone: UndoneChanges },
): readonly ChangeDraft[] {
  const named = new Set(changes.map(({ imageId }) => imageId))
  return changes.flatMap(({ kind, classId, before, after }): ChangeDraft[] => {
    if (kind !== 'merge' || classId === null) return []
    const [wasIn, went] = [before, after].map((json) => v.parse(Merged, JSON.parse(json)).mergedInto)
    if (went === undefined || went === null) return []
    return listFollowers(db, { classId: classId as ClassId, into: went, undone })
      .filter(({ id }) => !named.has(id))
      .map(({ id, change }) => ({
        kind: 'undo',
        imageId: id,
        after: { classId: wasIn ?? classId },
        // With the merge, what took it along stands no more. A chain of merges says so once.
        ...(undone.stands(change) ? { undoes: change } : {}),
      }))
  })
}

/** A later change of the same field of the same row that still stands. */
function refuseWhereBuiltUpon(
  db: Db,
  {
    batch,
    changes,
    undone,
  }: { readonly batch: number; readonly changes: readonly LoggedChange[]; readonly undone: UndoneChanges },
): void {
  const keysOf = (change: LoggedChange): string[] => {
    const { table, id } = rowOf(change)
    const fields = parseColumn(LoggedFields, { column: 'dataset_changes.after', json: change.after })
    return Object.keys(fields).map((field) => `${table} ${id} ${field}`)
  }
  const own = new Map(changes.flatMap((change) => keysOf(change).map((key) => [key, change.id] as const)))
  const later = selectAll<LoggedChange>(
    db,
    `SELECT ${columns} FROM dataset_changes WHERE id > :batch AND batch <> :batch AND kind <> 'undo' ORDER BY id DESC`,
    { batch },
  ).find((change) => undone.stands(change.id) && keysOf(change).some((key) => (own.get(key) ?? Infinity) < change.id))
  if (later === undefined) return
  throw new FlawsmithError(
    'change_built_upon',
    `Change ${batch} cannot be taken back: ${later.by} changed the same again at ${later.at} (change ${later.batch}, ${changeWords[later.kind]}). Take that back first.`,
    { change: batch, later: later.batch, by: later.by, at: later.at },
  )
}

/** Whoever decided on a candidate of a merged class saw it as one of the class it was merged into. */
function refuseWhereDecidedSince(
  db: Db,
  { batch, changes }: { readonly batch: number; readonly changes: readonly LoggedChange[] },
): void {
  for (const { kind, classId } of changes) {
    if (kind !== 'merge' || classId === null) continue
    const decision = selectOne<{ id: number; by: string; at: string }>(
      db,
      `SELECT d.id, d.inspector_name AS by, d.decided_at AS at FROM decisions d JOIN samples s ON s.id = d.sample_id
       WHERE s.class_id = :classId AND d.class_id <> s.class_id AND s.decision_id = d.id ORDER BY d.id LIMIT 1`,
      { classId },
    )
    if (decision === undefined) continue
    throw new FlawsmithError(
      'change_built_upon',
      `Change ${batch} cannot be taken back: since the merge ${decision.by} decided on candidates as what they are called now (decision ${decision.id}, ${decision.at}). Undo these decisions first.`,
      { change: batch, decision: decision.id, by: decision.by, at: decision.at },
    )
  }
}
