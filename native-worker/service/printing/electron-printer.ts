import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import { runCommand } from '../../files/run-command.ts'
import { childEnvironment } from '../children/child-environment.ts'
import { packagedResources } from '../children/packaged-resources.ts'
import type { PagePrinter, PrintJob } from './page-printer.ts'
import { pdfNotPrinted } from './pdf-not-printed.ts'

const timeoutMs = 120_000

interface App {
  readonly executable: string
  readonly args: readonly string[]
}

/** The app of the installation that a bundle in `entryFolder` belongs to; in the repository, the Electron that is set. Null without one. */
function findApp(entryFolder: string): App | null {
  const resources = packagedResources(entryFolder)
  if (resources === null) {
    const executable = process.env['FLAWSMITH_ELECTRON'] ?? ''
    return executable === '' ? null : { executable, args: [resolve(entryFolder, '../..')] }
  }
  const place =
    { win32: '../flawsmith.exe', darwin: '../MacOS/flawsmith' }[process.platform as string] ?? '../flawsmith'
  const executable = join(resources, place)
  return existsSync(executable) ? { executable, args: [] } : null
}

/** Starts the app for one page, without a window and on Linux without a screen: a server has none. */
export class ElectronPrinter implements PagePrinter {
  readonly #entryFolder: string

  /** @param entryFolder of the running bundle */
  constructor(entryFolder: string) {
    this.#entryFolder = entryFolder
  }

  async print({ page, pdf, signal }: PrintJob): Promise<void> {
    const app = findApp(this.#entryFolder)
    if (app === null) throw pdfNotPrinted('it takes the app (Electron), which is not in this installation')
    const data = await mkdtemp(join(tmpdir(), 'flawsmith-print-'))
    try {
      const { code, stderr } = await runCommand(
        app.executable,
        [...app.args, ...platformFlags(), `--print-page=${page}`, `--print-to=${pdf}`],
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
