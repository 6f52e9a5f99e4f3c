import * as v from 'valibot'
import { ClassId } from '../../../contract/ids.ts'
import { parseColumn } from '../storage/parse-column.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

const Logged = v.object({ name: v.exactOptional(v.string()), mergedInto: v.exactOptional(v.nullable(ClassId)) })

/** What classes were called, and into which they were merged, from their import to now: as the log of changes tells it. */
export class ClassHistory {
  /** In order, the name of today last. */
  readonly #names = new Map<ClassId, string[]>()
  /** In order; null where a merge was taken back. */
  readonly #merges = new Map<ClassId, (ClassId | null)[]>()

  constructor(db: Db) {
    for (const { id, name } of selectAll<{ id: ClassId; name: string }>(
      db,
      'SELECT id, imported_name AS name FROM classes',
    ))
      this.#names.set(id, [name])
    for (const { id, after } of selectAll<{ id: ClassId; after: string }>(
      db,
      'SELECT class_id AS id, after FROM dataset_changes WHERE class_id IS NOT NULL ORDER BY id',
    )) {
      const { name, mergedInto } = parseColumn(Logged, { column: 'dataset_changes.after', json: after })
      if (name !== undefined) this.#names.get(id)?.push(name)
      if (mergedInto !== undefined) this.#merges.set(id, [...(this.#merges.get(id) ?? []), mergedInto])
    }
  }

  /** Whether a candidate that was drawn as one class has ever counted as that other. */
  hasCountedAs(drawnAs: ClassId, other: ClassId): boolean {
    return drawnAs === other || this.#merges.get(drawnAs)?.includes(other) === true
  }

  /** As what a candidate counts now, and what that class is called now. */
  countsAs(drawnAs: ClassId): { readonly classId: ClassId; readonly className: string | undefined } {
    const classId = this.#merges.get(drawnAs)?.at(-1) ?? drawnAs
    return { classId, className: this.#names.get(classId)?.at(-1) }
  }

  wasCalled(id: ClassId, name: string): boolean {
    return this.#names.get(id)?.includes(name) === true
  }
}
