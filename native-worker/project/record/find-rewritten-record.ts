import type { KeptHead, VerifyProblem } from '../../../contract/export.ts'
import { backupFile } from '../../files/project-paths.ts'
import { listBackups } from '../storage/backups.ts'
import { connect } from '../storage/connect.ts'
import type { SqliteOptions } from '../storage/connect.ts'
import { selectAll, selectOne } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { chainHead } from './chain-head.ts'
import { findContradiction } from './find-contradiction.ts'

interface Witnesses extends SqliteOptions {
  readonly folder: string
  /** From an export, or from paper. */
  readonly kept?: KeptHead | undefined
}

/**
 * Compares the record with every end of it that was kept: by an inspector, in the list of exports, in the backups.
 * A record that was rewritten in all its parts no longer contradicts itself, but it contradicts these.
 */
export function findRewrittenRecord(db: Db, { folder, sqliteBinding, kept }: Witnesses): VerifyProblem[] {
  const witnesses: readonly (readonly [string, KeptHead])[] = [
    ...(kept === undefined ? [] : [['kept head', kept] as const]),
    ...selectAll<KeptHead & { out: string }>(
      db,
      `SELECT folder AS out, record_length AS length, record_hash AS hash FROM exports
       WHERE record_length IS NOT NULL ORDER BY id`,
    ).map(({ out, ...head }) => [`export ${out}`, head] as const),
  ]
  const contradicted = witnesses.flatMap(([path, head]) => problemOf(path, findContradiction(db, head)))
  const inBackups = listBackups(folder).flatMap(({ file }) =>
    problemOf(`backups/${file}`, contradictionOfBackup(db, backupFile(folder, file), { sqliteBinding })),
  )
  return [...contradicted, ...inBackups]
}

const problemOf = (path: string, detail: string | null): VerifyProblem[] =>
  detail === null ? [] : [{ kind: 'rewritten_record', path, detail }]

function contradictionOfBackup(db: Db, file: string, options: SqliteOptions): string | null {
  try {
    const backup = connect(file, { ...options, readonly: true })
    try {
      return holdsRecord(backup) ? findContradiction(db, chainHead(backup)) : null
    } finally {
      backup.close()
    }
  } catch (thrown) {
    return `cannot be read: ${(thrown as Error).message}`
  }
}

/** Backups of versions before there was a record have none. */
const holdsRecord = (backup: Db): boolean =>
  selectOne(backup, `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'record'`) !== undefined
