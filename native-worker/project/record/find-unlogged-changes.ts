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
    first: `SELECT id, imported_class_id AS classId, 'active' AS state, NULL AS handGroup FROM images`,
    now: 'SELECT id, class_id AS classId, state, hand_group AS handGroup FROM images',
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
 * or a size that the log does not explain was changed past Flawsmith; a picture, where it is not the last that was derived.
 */
export const findUnloggedChanges = (db: Db): VerifyProblem[] => [
  ...findUnexplained(db),
  ...findOtherPictures(db),
  ...findOtherReleases(db),
]

/** A candidate is let out of quarantine by a person, on record, and never put back. */
const findOtherReleases = (db: Db): VerifyProblem[] =>
  selectAll<{ id: number; released: 0 | 1 }>(
    db,
    `SELECT id, released FROM samples s
     WHERE released <> EXISTS (SELECT 1 FROM gate_overrides o WHERE o.sample_id = s.id AND o.kind = 'released') ORDER BY id`,
  ).map(({ id, released }) => ({
    kind: 'broken_record',
    path: `samples ${id}`,
    detail:
      released === 1
        ? 'was let out of quarantine, and nobody on record did so: it was changed past Flawsmith'
        : 'is held back, though a person on record let it out of quarantine: it was changed past Flawsmith',
  }))

/** The picture of an image is the last that was derived of it; the first one is the imported one. */
const findOtherPictures = (db: Db): VerifyProblem[] =>
  selectAll<{ id: number }>(
    db,
    `SELECT i.id FROM images i
     LEFT JOIN pictures p ON p.id = (SELECT MAX(id) FROM pictures WHERE image_id = i.id)
     LEFT JOIN pictures f ON f.id = (SELECT MIN(id) FROM pictures WHERE image_id = i.id)
     WHERE f.sha256 IS NOT i.imported_sha256 OR f.size_bytes IS NOT i.imported_size_bytes
        OR p.sha256 IS NOT i.sha256 OR p.size_bytes IS NOT i.size_bytes OR p.fit IS NOT i.fit
        OR p.rect_x IS NOT i.rect_x OR p.rect_y IS NOT i.rect_y
        OR p.rect_width IS NOT i.rect_width OR p.rect_height IS NOT i.rect_height
        OR p.grey_low IS NOT i.grey_low OR p.grey_high IS NOT i.grey_high OR p.page IS NOT i.page OR p.frame IS NOT i.frame
     ORDER BY i.id`,
  ).map(({ id }) => ({
    kind: 'broken_record',
    path: `images ${id}`,
    detail: 'does not show what was derived of its original: it was changed past Flawsmith',
  }))

function findUnexplained(db: Db): VerifyProblem[] {
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
