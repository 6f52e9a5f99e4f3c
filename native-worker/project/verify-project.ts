import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { KeptHead, VerifyProblem, VerifyReport } from '../../contract/export.ts'
import type { Sha256 } from '../../contract/ids.ts'
import { chainHead } from './record/chain-head.ts'
import { findBrokenRecord } from './record/find-broken-record.ts'
import { findChangedSchema } from './record/find-changed-schema.ts'
import { findRewrittenRecord } from './record/find-rewritten-record.ts'
import { findBrokenDecisions } from './review/find-broken-decisions.ts'
import { imagePath } from '../../contract/image-path.ts'
import { originalPath } from '../../contract/original-path.ts'
import { resolveInside } from '../files/resolve-inside.ts'
import type { SqliteOptions } from './storage/connect.ts'
import type { Original } from './storage/originals.ts'
import { selectAll } from './storage/query.ts'
import { listOriginFiles } from './storage/run-origins.ts'
import type { Db } from './storage/query.ts'
import type { Project } from './open-project.ts'
import { findLostReferences } from './find-lost-references.ts'
import { unrecordedFiles } from './unrecorded-files.ts'

interface VerifyOptions extends Partial<SqliteOptions> {
  readonly project: Project
  /** An end of the record that was kept elsewhere. */
  readonly kept?: KeptHead | undefined
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

interface RecordedFile {
  /** Relative to the project folder, with `/` between names. */
  readonly path: string
  readonly sha256: Sha256
}

/**
 * Compares every file with its record, every record with its file, every row with what was recorded when it was written,
 * every decision with the chain it belongs to, the record with every end of it that was kept, and the schema with the one
 * the migrations make.
 * Reads everything, changes nothing. Throws the signal's reason when it is raised.
 */
export async function verifyProject({
  project,
  sqliteBinding = null,
  kept,
  signal,
  onProgress,
}: VerifyOptions): Promise<VerifyReport> {
  const { db, folder } = project
  const problems: VerifyProblem[] = [
    ...verifyDatabase(db),
    ...findChangedSchema(db, { sqliteBinding }),
    ...findBrokenRecord(db),
    ...findBrokenDecisions(db),
    ...findRewrittenRecord(db, { folder, sqliteBinding, kept }),
  ]
  const recorded = recordedFiles(db)
  let filesChecked = 0
  for (const file of recorded) {
    signal?.throwIfAborted()
    const problem = await verifyFile(folder, file)
    if (problem !== null) problems.push(problem)
    filesChecked++
    onProgress?.(filesChecked, recorded.length)
  }
  const known = new Set(recorded.map(({ path }) => path))
  problems.push(...(await unrecordedFiles(project, known)))
  const warnings = await findLostReferences(db, signal)
  return { kind: 'project', folder, filesChecked, head: chainHead(db), problems, warnings }
}

function verifyDatabase(db: Db): VerifyProblem[] {
  const found = (db.pragma('integrity_check(20)') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((text) => text !== 'ok')
  const dangling = (db.pragma('foreign_key_check') as { table: string; rowid: number }[]).map(
    ({ table, rowid }) => `row ${rowid} of ${table} points to a row that is not there`,
  )
  return [...found, ...dangling].map((detail) => ({ kind: 'database', path: 'flawsmith.sqlite', detail }))
}

function recordedFiles(db: Db): RecordedFile[] {
  const images = selectAll<{ sha256: Sha256 }>(
    db,
    `SELECT sha256 FROM images UNION SELECT sha256 FROM pictures UNION SELECT sha256 FROM samples
     UNION SELECT sheet FROM snapshots`,
  ).map(({ sha256 }) => ({ path: storedPath(sha256), sha256 }))
  const originals = selectAll<Pick<Original, 'sha256' | 'kind'>>(
    db,
    'SELECT sha256, kind FROM originals WHERE kept = 1 ORDER BY id',
  ).map((original) => ({ path: `originals/${originalPath(original)}`, sha256: original.sha256 }))
  const checkpoints = selectAll<RecordedFile>(db, 'SELECT file AS path, sha256 FROM checkpoints')
  return [...images, ...originals, ...checkpoints, ...listOriginFiles(db)]
}

const storedPath = (sha256: Sha256): string => `images/${imagePath(sha256)}`

async function verifyFile(folder: string, { path, sha256 }: RecordedFile): Promise<VerifyProblem | null> {
  let bytes: Buffer
  try {
    bytes = await readFile(resolveInside(folder, path))
  } catch (thrown) {
    return { kind: 'missing_file', path, detail: (thrown as NodeJS.ErrnoException).code ?? String(thrown) }
  }
  const found = createHash('sha256').update(bytes).digest('hex')
  return found === sha256 ? null : { kind: 'changed_file', path, detail: `SHA-256 is ${found}, recorded is ${sha256}` }
}
