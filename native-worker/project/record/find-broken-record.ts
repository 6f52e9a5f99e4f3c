import type { VerifyProblem } from '../../../contract/export.ts'
import { selectAll, selectRow } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { digestRows, firstPreviousHash, hashRecordEntry, listRecordEntries, recordKinds } from '../storage/record.ts'
import type { RecordedRows, RecordKind } from '../storage/record.ts'
import { readSplits } from '../storage/splits.ts'
import { findUnloggedChanges } from './find-unlogged-changes.ts'

/**
 * Follows the record from its start and compares every row it names with what the row said when it was written. Finds
 * changed, added and removed classes, imports, images, locked splits, runs, samples, inspectors, decisions and exports, and a record of
 * which something was changed or taken out.
 */
export function findBrokenRecord(db: Db): VerifyProblem[] {
  const problems: VerifyProblem[] = []
  const report = (path: string, detail: string): void => void problems.push({ kind: 'broken_record', path, detail })
  const recorded = new Map<RecordKind, { lastId: number; rows: number }>()
  let previousId = 0
  let previousHash = firstPreviousHash
  for (const entry of listRecordEntries(db)) {
    const path = `record ${entry.id}`
    if (entry.id !== previousId + 1) report(path, `follows entry ${previousId}: entries are missing`)
    if (entry.previousHash !== previousHash) report(path, 'is not linked to the entry before it')
    if (entry.hash !== hashRecordEntry(entry)) report(path, 'was changed after it was written')
    previousId = entry.id
    previousHash = entry.hash
    if (!recordKinds.includes(entry.kind)) {
      report(path, `is about “${entry.kind}”, of which this version knows nothing`)
      continue
    }
    const { digest, rows } = digestRows(db, entry)
    if (digest !== entry.digest) report(nameOf(entry), 'not what was recorded when written')
    const before = recorded.get(entry.kind) ?? { lastId: 0, rows: 0 }
    if (entry.firstId <= before.lastId) report(path, `is about ${nameOf(entry)}, which an entry before it names`)
    recorded.set(entry.kind, { lastId: entry.lastId, rows: before.rows + rows })
  }
  for (const kind of recordKinds) {
    const { total } = selectRow<{ total: number }>(db, `SELECT COUNT(*) AS total FROM ${kind}`)
    const named = recorded.get(kind)?.rows ?? 0
    if (total !== named) report(kind, `${total} rows, of which the record names ${named}`)
  }
  return [...problems, ...findWrongSequences(db, recorded), ...findUnloggedChanges(db), ...findMovedImages(db)]
}

const nameOf = ({ kind, firstId, lastId }: RecordedRows): string =>
  firstId === lastId ? `${kind} ${firstId}` : `${kind} ${firstId}–${lastId}`

/** The ids that SQLite gave out last: one below a row's was lowered to hide that rows were taken out. */
function findWrongSequences(db: Db, recorded: ReadonlyMap<RecordKind, { readonly lastId: number }>): VerifyProblem[] {
  const given = new Map(
    selectAll<{ name: string; seq: number }>(db, 'SELECT name, seq FROM sqlite_sequence').map(({ name, seq }) => [
      name,
      seq,
    ]),
  )
  const newest = selectRow<{ id: number }>(db, 'SELECT COALESCE(MAX(id), 0) AS id FROM record').id
  const expected: readonly (readonly [string, number])[] = [
    ...[...recorded].filter(([kind]) => kind !== 'project').map(([kind, { lastId }]) => [kind, lastId] as const),
    ['record', newest],
  ]
  return expected
    .filter(([name, lastId]) => {
      const seq = given.get(name) ?? 0
      // Samples that were drawn again take numbers without leaving rows.
      return name === 'samples' ? seq < lastId : seq !== lastId
    })
    .map(([name, lastId]) => ({
      kind: 'broken_record',
      path: 'sqlite_sequence',
      detail: `${name} has given out ${given.get(name) ?? 0} numbers, the record names ${lastId}`,
    }))
}

/** Nothing moves an image to another side once the splits are locked. */
const findMovedImages = (db: Db): VerifyProblem[] => {
  const { lockedAt } = readSplits(db)
  return selectAll<{ id: number }>(
    db,
    `SELECT i.id FROM images i LEFT JOIN fixed_splits f ON f.image_id = i.id
     WHERE (:isLocked = 1 AND i.split IS NOT NULL AND f.split IS NOT i.split) OR (:isLocked = 0 AND f.id IS NOT NULL)
     ORDER BY i.id`,
    { isLocked: lockedAt === null ? 0 : 1 },
  ).map(({ id }) => ({
    kind: 'broken_record',
    path: `images ${id}`,
    detail: 'was moved to another split past Flawsmith',
  }))
}
