import type { VerifyProblem } from '../../../contract/export.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

type Value = string | number | null
type Row = Readonly<Record<string, Value>>

interface Changeable {
  /** Of which the path of a problem speaks: `images 12`. */
  readonly table: string
  /** Column of `dataset_changes` that names a row of it; null where there is one row only. */
  readonly namedBy: 'image_id' | 'class_id' | null
  /** What a row was when it came, as `id` and the fields that people may change. */
  readonly first: string
  /** What it is now, in the same fields. */
  readonly now: string
}

/** The fields bear the names under which `dataset_changes.after` writes them. */
const changeable: readonly Changeable[] = [
  {
    table: 'images',
    namedBy: 'image_id',
    first: `SELECT id, imported_class_id AS classId, imported_sha256 AS sha256, imported_size_bytes AS sizeBytes, 'active' AS state FROM images`,
    now: 'SELECT id, class_id AS classId, sha256, size_bytes AS sizeBytes, state FROM images',
  },
  {
    table: 'classes',
    namedBy: 'class_id',
    first: `SELECT id, imported_name AS name, 'active' AS state, NULL AS mergedInto, 0 AS leftOut, 0 AS freeOfDefects FROM classes`,
    now: `SELECT id, name, state, merged_into AS mergedInto, left_out AS leftOut, free_of_defects AS freeOfDefects FROM classes`,
  },
  {
    table: 'project',
    namedBy: null,
    first: 'SELECT id, first_size AS size FROM project',
    now: 'SELECT id, size FROM project',
  },
]

/**
 * Plays the log of changes on what was imported, and compares the outcome with what the data set is now: a label, a state, a name
 * or a size that the log does not explain was changed past Flawsmith.
 */
export function findUnloggedChanges(db: Db): VerifyProblem[] {
  const changes = selectAll<{
    image_id: number | null
    class_id: number | null
    after: string
  }>(db, 'SELECT image_id, class_id, after FROM dataset_changes ORDER BY id').map(({ after, ...names }) => ({
    ...names,
    after: JSON.parse(after) as Row,
  }))
  return changeable.flatMap(({ table, namedBy, first, now }) => {
    const expected = new Map(selectAll<Row>(db, first).map((row) => [row['id'], { ...row }]))
    for (const { after, ...names } of changes) {
      const id = namedBy === null ? 1 : names[namedBy]
      const row = expected.get(id)
      if (row === undefined) continue
      // What is said of a class in an entry about an image, and the other way round, is no field of this table.
      for (const field of Object.keys(row)) if (field !== 'id' && field in after) row[field] = after[field] ?? null
    }
    return selectAll<Row>(db, now)
      .filter((row) => {
        const wanted = expected.get(row['id'] ?? null)
        return wanted === undefined || Object.keys(row).some((field) => row[field] !== wanted[field])
      })
      .map((row) => ({
        kind: 'broken_record',
        path: table === 'project' ? 'project 1' : `${table} ${row['id']}`,
        detail: 'is not what was imported and the log of changes make it: it was changed past Flawsmith',
      }))
  })
}
