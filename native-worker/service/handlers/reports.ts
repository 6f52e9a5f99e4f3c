import { readReportDocument } from '../../project/report/read-report-document.ts'
import { writeReport } from '../../project/report/write-report.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import { pdfNotPrinted } from '../printing/pdf-not-printed.ts'
import type { ServiceContext } from '../service-context.ts'
import { describeUplift } from '../uplift/describe-uplift.ts'
import { version } from '../version.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const reportHandlers = ({ project, jobs, printer }: ServiceContext): Handlers<VerbsOf<'reports'>> => ({
  'reports.write': (wish) => {
    const source = project.requireFiles()
    return jobs.start('reports.write', async ({ signal }) => {
      const document = await readReportDocument(source, {
        ...{ verdict: describeUplift(source), version, findRecipe },
        isImporting: jobs.active().some(({ kind }) => kind === 'dataset.import' || kind === 'frames.cut'),
      })
      return writeReport(document, {
        ...{ ...wish, signal },
        print: (files) => {
          if (printer === null) throw pdfNotPrinted('nothing here can print')
          return printer.print({ ...files, signal })
        },
      })
    })
  },
})
