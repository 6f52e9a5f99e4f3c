import { access, constants, mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ReportOutcome, ReportWish } from '../../../contract/report.ts'
import { asStorageFailure } from '../../files/storage-failure.ts'
import { assertAbsent } from '../assert-absent.ts'
import { assertFreeGround } from '../assert-free-ground.ts'
import { syncFiles } from '../export/sync-tree.ts'
import { beginUnfinishedExport, clearAbandonedExports } from '../export/unfinished-exports.ts'
import { renderReportHtml } from './render-report-html.ts'
import type { ReportDocument } from './report-document.ts'

/** Prints a page to a PDF file that is not there yet. Throws `pdf_not_printed`. */
export type PrintPage = (files: { readonly page: string; readonly pdf: string }) => Promise<void>

const reportPage = 'report.html'
const reportPdf = 'report.pdf'

/**
 * Writes `report.html` and, where it is asked for, `report.pdf`. The folder appears whole or not at all, and on no ground of a project or
 * an export. Throws `export_target_exists`, `inside_project`, `inside_export`, `disk_full`, `folder_not_writable`, `pdf_not_printed`,
 * `cancelled`.
 */
export async function writeReport(
  document: ReportDocument,
  { folder, language, pdf, print, signal }: ReportWish & { readonly print: PrintPage; readonly signal: AbortSignal },
): Promise<ReportOutcome> {
  const out = resolve(folder)
  await assertAbsent(out)
  assertFreeGround(out)
  const parent = dirname(out)
  try {
    await mkdir(parent, { recursive: true })
    await access(parent, constants.W_OK)
    await clearAbandonedExports(parent)
    const unfinished = await beginUnfinishedExport(parent)
    try {
      const page = join(unfinished.folder, reportPage)
      await writeFile(page, renderReportHtml(document, language), { flag: 'wx' })
      if (pdf) await print({ page, pdf: join(unfinished.folder, reportPdf) })
      const files = pdf ? [reportPage, reportPdf] : [reportPage]
      await syncFiles(files.map((name) => join(unfinished.folder, name)))
      signal.throwIfAborted()
      await assertAbsent(out)
      await rename(unfinished.folder, out)
      const { result, isStale } = document.verdict
      return { out, files, overall: result?.verdict.overall ?? null, isStale }
    } finally {
      await unfinished.clear()
    }
  } catch (thrown) {
    if (signal.aborted && !(thrown instanceof FlawsmithError))
      throw new FlawsmithError('cancelled', 'The report was cancelled; nothing of it is left.', {}, { cause: thrown })
    throw asStorageFailure(thrown, parent)
  }
}
