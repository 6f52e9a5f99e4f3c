import * as v from 'valibot'
import type { ChainHead, ExportPlan, ExportRecord, ExportResult } from '../../../contract/export.ts'
import { parseColumn } from './parse-column.ts'
import { execute, inTransaction, selectAll } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

export interface NewExport {
  readonly result: ExportResult
  readonly plan: ExportPlan
  readonly manifestSha256: string
  /** Of SHA256SUMS, and with it of every file. */
  readonly sumsSha256: string
  readonly createdAt: string
  /** The end of the record that the export carries. */
  readonly record: ChainHead
}

export function insertExport(db: Db, { result, plan, manifestSha256, sumsSha256, createdAt, record }: NewExport): void {
  inTransaction(db, () => {
    const { id } = execute(
      db,
      `INSERT INTO exports (folder, layout, plan, classes, files, manifest_sha256, created_at,
                            record_length, record_hash, sums_sha256)
       VALUES (:folder, :layout, :plan, :classes, :files, :manifestSha256, :createdAt, :recordLength, :recordHash,
               :sumsSha256)`,
      {
        folder: result.out,
        layout: plan.layout,
        plan: JSON.stringify(plan),
        classes: JSON.stringify(result.classes),
        files: result.files,
        manifestSha256,
        createdAt,
        recordLength: record.length,
        recordHash: record.hash,
        sumsSha256,
      },
    )
    recordRow(db, 'exports', id)
  })
}

const ExportedClasses = v.record(v.string(), v.object({ real: v.number(), synthetic: v.number() }))

/** Newest first. */
export const listExports = (db: Db): ExportRecord[] =>
  selectAll<{ out: string; classes: string; files: number; createdAt: string }>(
    db,
    'SELECT folder AS out, classes, files, created_at AS createdAt FROM exports ORDER BY id DESC',
  ).map((row) => ({ ...row, classes: parseColumn(ExportedClasses, { column: 'exports.classes', json: row.classes }) }))

/** What is recorded of an export's files; the hash of its sums is null for exports of versions that did not record it. */
export interface ExportHashes {
  readonly out: string
  readonly manifestSha256: string
  readonly sumsSha256: string | null
}

/** Newest first. */
export const listExportHashes = (db: Db): ExportHashes[] =>
  selectAll(
    db,
    'SELECT folder AS out, manifest_sha256 AS manifestSha256, sums_sha256 AS sumsSha256 FROM exports ORDER BY id DESC',
  )

/** Newest first. */
export const listExportsSince = (db: Db, time: string): { readonly folder: string; readonly createdAt: string }[] =>
  selectAll(db, 'SELECT folder, created_at AS createdAt FROM exports WHERE created_at >= :time ORDER BY id DESC', {
    time,
  })
