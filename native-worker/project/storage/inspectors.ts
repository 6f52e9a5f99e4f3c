import { execute, selectOne } from './query.ts'
import type { Db } from './query.ts'

/** The id of the inspector of that name, recorded when new. */
export function ensureInspector(db: Db, name: string): number {
  const found = selectOne<{ id: number }>(db, 'SELECT id FROM inspectors WHERE name = :name', { name })
  if (found !== undefined) return found.id
  return execute(db, 'INSERT INTO inspectors (name, created_at) VALUES (:name, :createdAt)', {
    name,
    createdAt: new Date().toISOString(),
  }).id
}
