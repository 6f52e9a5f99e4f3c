import { FlawsmithError } from '../../../contract/errors.ts'

export const pdfNotPrinted = (problem: string): FlawsmithError =>
  new FlawsmithError(
    'pdf_not_printed',
    `The PDF could not be printed: ${problem}. Write the report without a PDF (leave out --pdf), open report.html in a browser and print it there.`,
    { problem },
  )
