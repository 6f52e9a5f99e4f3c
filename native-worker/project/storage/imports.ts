import * as v from 'valibot'
import { SkipCause, skipReasons } from '../../../contract/dataset.ts'
import type { Fit, ImportReport } from '../../../contract/dataset.ts'
import { parseColumn } from './parse-column.ts'
import { execute, inTransaction, selectOne } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

export const insertImport = (db: Db, { folder, fit }: { readonly folder: string; readonly fit: Fit }): number =>
  inTransaction(db, () => {
    const { id } = execute(db, 'INSERT INTO imports (folder, fit, started_at) VALUES (:folder, :fit, :startedAt)', {
      folder,
      fit,
      startedAt: new Date().toISOString(),
    })
    recordRow(db, 'imports', id)
    return id
  })

export function finishImport(db: Db, importId: number, report: ImportReport): void {
  execute(db, 'UPDATE imports SET report = :report, finished_at = :finishedAt WHERE id = :importId', {
    importId,
    report: JSON.stringify(report),
    finishedAt: new Date().toISOString(),
  })
}

const Report = v.object({
  folder: v.string(),
  imported: v.number(),
  duplicates: v.number(),
  skipped: v.array(
    v.object({
      path: v.string(),
      reason: v.picklist(skipReasons),
      detail: v.string(),
      cause: v.exactOptional(SkipCause),
    }),
  ),
  classes: v.record(v.string(), v.number()),
  splits: v.exactOptional(v.object({ train: v.number(), val: v.number(), test: v.number() })),
})

/** Of the newest import that came to its end. */
export function lastImportReport(db: Db): ImportReport | null {
  const row = selectOne<{ report: string }>(
    db,
    'SELECT report FROM imports WHERE report IS NOT NULL ORDER BY id DESC LIMIT 1',
  )
  return row === undefined ? null : parseColumn(Report, { column: 'imports.report', json: row.report })
}
