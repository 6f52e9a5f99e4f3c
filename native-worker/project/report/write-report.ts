import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ReportOutcome, ReportWish } from '../../../contract/report.ts'
import { syncFiles } from '../export/sync-tree.ts'
import { writeWholeFolder } from '../export/write-whole-folder.ts'
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
  const files = pdf ? [reportPage, reportPdf] : [reportPage]
  await writeWholeFolder(
    out,
    { signal, whenCancelled: 'The report was cancelled; nothing of it is left.' },
    async (unfinished) => {
      const page = join(unfinished.folder, reportPage)
      await writeFile(page, renderReportHtml(document, language), { flag: 'wx' })
      if (pdf) await print({ page, pdf: join(unfinished.folder, reportPdf) })
      await syncFiles(files.map((name) => join(unfinished.folder, name)))
    },
  )
  const { result, changed } = document.verdict
  return { out, files, overall: result?.verdict.overall ?? null, changed }
}
