import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, session } from 'electron'

/** Of its own, kept nowhere: what a report is printed in shares nothing with the app's page. */
const partition = 'printing'

const footer = `<div style="width:100%;padding:0 15mm;font-size:8px;display:flex;justify-content:space-between">
<span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`
const cm = 1 / 2.54

/**
 * Prints an HTML file that needs nothing but itself to a PDF file that is not there yet: A4, with page numbers. No script of it runs and
 * nothing is loaded but the file.
 */
export async function printPage({ page, pdf }: { readonly page: string; readonly pdf: string }): Promise<void> {
  const url = pathToFileURL(page).href
  const own = session.fromPartition(partition)
  own.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false)
  })
  own.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: details.url !== url && !details.url.startsWith('data:') })
  })
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      // Drawn into memory: there need not be a screen.
      offscreen: true,
      javascript: false,
      sandbox: !app.commandLine.hasSwitch('no-sandbox'),
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  try {
    await window.loadURL(url)
    const bytes = await window.webContents.printToPDF({
      pageSize: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer,
      margins: { top: 1.5 * cm, bottom: 1.7 * cm, left: 1.5 * cm, right: 1.5 * cm },
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    })
    await writeFile(pdf, bytes, { flag: 'wx' })
  } finally {
    window.destroy()
  }
}
