/** Prints a page to a PDF file: Chromium does, which main has in the app and the command line starts. */
export interface PagePrinter {
  /**
   * @param page an HTML file of our own
   * @param pdf must not be there yet
   * @throws FlawsmithError `pdf_not_printed`, `cancelled`
   */
  print(job: PrintJob): Promise<void>
}

export interface PrintJob {
  readonly page: string
  readonly pdf: string
  readonly signal: AbortSignal
}
