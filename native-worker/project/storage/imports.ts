import * as v from 'valibot'
import { SkipCause, skipReasons } from '../../../contract/dataset.ts'
import { markRefusals } from '../../../contract/marks.ts'
import type { Fit, ImportReport } from '../../../contract/dataset.ts'
import { ImportReading } from '../../../contract/layouts.ts'
import type { LayoutChoice } from '../../../contract/layouts.ts'
import { ImportDepth } from '../../../contract/grey-depth.ts'
import { parseColumn } from './parse-column.ts'
import { execute, inTransaction, selectOne } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

interface NewImport {
  readonly folder: string
  readonly fit: Fit
  /** How the folder was read; left out where its images come another way. */
  readonly reading?: LayoutChoice
  /** How many it is to read; left out where none are. */
  readonly files?: number
}

export const insertImport = (db: Db, { folder, fit, reading, files }: NewImport): number =>
  inTransaction(db, () => {
    const { id } = execute(
      db,
      `INSERT INTO imports (folder, fit, layout, root, level, files, files_done, started_at)
       VALUES (:folder, :fit, :layout, :root, :level, :files, :filesDone, :startedAt)`,
      {
        ...{ folder, fit, startedAt: new Date().toISOString() },
        ...{ layout: reading?.layout ?? null, root: reading?.root ?? null, level: reading?.level ?? null },
        ...{ files: files ?? null, filesDone: files === undefined ? null : 0 },
      },
    )
    recordRow(db, 'imports', id)
    return id
  })

/** Call it in the transaction that records what was read. */
export const noteImportProgress = (db: Db, { importId, filesDone }: { importId: number; filesDone: number }): void =>
  void execute(db, 'UPDATE imports SET files_done = :filesDone WHERE id = :importId', { importId, filesDone })

/** Ended as its user wanted, without a report. An import that is cut off has no end. */
export const noteImportCancelled = (db: Db, importId: number): void =>
  void execute(db, 'UPDATE imports SET finished_at = :finishedAt WHERE id = :importId', {
    importId,
    finishedAt: new Date().toISOString(),
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
  reading: v.exactOptional(ImportReading),
  depth: v.exactOptional(v.nullable(ImportDepth)),
  namedOtherwise: v.exactOptional(v.array(v.object({ name: v.string(), className: v.string(), images: v.number() }))),
  crossing: v.exactOptional(
    v.object({ groups: v.number(), images: v.number(), isLocked: v.exactOptional(v.boolean()) }),
  ),
  marks: v.exactOptional(
    v.object({
      images: v.number(),
      marks: v.number(),
      refused: v.array(v.object({ path: v.string(), reason: v.picklist(markRefusals), detail: v.string() })),
    }),
  ),
  manyPages: v.exactOptional(v.array(v.object({ path: v.string(), pages: v.number(), taken: v.number() }))),
})

/** Of the newest import that came to its end. */
export function lastImportReport(db: Db): ImportReport | null {
  const row = selectOne<{ report: string }>(
    db,
    'SELECT report FROM imports WHERE report IS NOT NULL ORDER BY id DESC LIMIT 1',
  )
  return row === undefined ? null : parseColumn(Report, { column: 'imports.report', json: row.report })
}
