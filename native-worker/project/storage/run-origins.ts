import type { RunId, Sha256 } from '../../../contract/ids.ts'
import { RunOrigin } from '../../../contract/run-origin.ts'
import { parseColumn } from './parse-column.ts'
import { execute, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

/** In the run's own folder: the weights that it started from. */
export const originFileName = 'base.safetensors'

/** Call it in the transaction that inserts the run. */
export function insertRunOrigin(
  db: Db,
  { runId, origin }: { readonly runId: RunId; readonly origin: RunOrigin },
): void {
  const { id } = execute(db, 'INSERT INTO run_origins (run_id, origin, sha256) VALUES (:runId, :origin, :sha256)', {
    runId,
    origin: JSON.stringify(origin),
    sha256: origin.sha256,
  })
  recordRow(db, 'run_origins', id)
}

/** Null for a run that started from nothing, or from what came with Flawsmith. */
export function readRunOrigin(db: Db, runId: RunId): RunOrigin | null {
  const row = selectOne<{ origin: string }>(db, 'SELECT origin FROM run_origins WHERE run_id = :runId', { runId })
  return row === undefined ? null : parseColumn(RunOrigin, { column: 'run_origins.origin', json: row.origin })
}

/** Weights that are there: a run that could not be written down to its end has none. Paths with `/`, from the project's folder. */
export const listOriginFiles = (db: Db): { readonly path: string; readonly sha256: Sha256 }[] =>
  selectAll(
    db,
    `SELECT 'runs/' || o.run_id || '/${originFileName}' AS path, o.sha256 FROM run_origins o
     JOIN runs r ON r.id = o.run_id WHERE r.image_list_sha256 IS NOT NULL ORDER BY o.id`,
  )
