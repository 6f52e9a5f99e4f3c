import { execute, inTransaction, selectOne } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

/** The id of the inspector of that name, recorded when new. */
export function ensureInspector(db: Db, name: string): number {
  const found = selectOne<{ id: number }>(db, 'SELECT id FROM inspectors WHERE name = :name', { name })
  if (found !== undefined) return found.id
  return inTransaction(db, () => {
    const { id } = execute(db, 'INSERT INTO inspectors (name, created_at) VALUES (:name, :createdAt)', {
      name,
      createdAt: new Date().toISOString(),
    })
    recordRow(db, 'inspectors', id)
    return id
  })
}
