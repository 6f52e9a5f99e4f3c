import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import { runCommand } from '../../files/run-command.ts'
import { childEnvironment } from '../children/child-environment.ts'
import type { PagePrinter, PrintJob } from './page-printer.ts'
import { pdfNotPrinted } from './pdf-not-printed.ts'

const timeoutMs = 120_000

/** Starts the app for one page, without a window and on Linux without a screen: a server has none. */
export class ElectronPrinter implements PagePrinter {
  readonly #app: string

  /** @param app folder of the built app, which Electron is started with */
  constructor(app: string) {
    this.#app = app
  }

  async print({ page, pdf, signal }: PrintJob): Promise<void> {
    const electron = process.env['FLAWSMITH_ELECTRON'] ?? ''
    if (electron === '') throw pdfNotPrinted('no Electron is set (FLAWSMITH_ELECTRON), as npm run flawsmith does')
    const data = await mkdtemp(join(tmpdir(), 'flawsmith-print-'))
    try {
      const { code, stderr } = await runCommand(
        electron,
        [this.#app, ...platformFlags(), `--print-page=${page}`, `--print-to=${pdf}`],
        { env: { ...childEnvironment(), FLAWSMITH_DATA: data }, timeoutMs, signal },
      )
      if (signal.aborted) throw new FlawsmithError('cancelled', 'Printing was cancelled.')
      if (code !== 0 || !existsSync(pdf)) throw pdfNotPrinted(lastLine(stderr) ?? `the app ended with ${String(code)}`)
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  }
}

function platformFlags(): readonly string[] {
  if (process.platform !== 'linux') return []
  // Chromium's sandbox refuses to run as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return [...asRoot, '--ozone-platform=headless', '--disable-gpu']
}

/** Null where nothing was said. */
function lastLine(text: string): string | null {
  const line = text.trim().split('\n').at(-1)?.trim() ?? ''
  return line === '' ? null : line.slice(0, 500)
}
