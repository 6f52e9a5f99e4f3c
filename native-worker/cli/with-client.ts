import { resolve } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'
import type { ReadOnlyReason } from '../../contract/project.ts'
import { LocalClient } from '../service/ports/local-client.ts'
import { openService } from '../service/open-service.ts'
import { ElectronPrinter } from '../service/printing/electron-printer.ts'
import type { Terminal } from './terminal.ts'

/** Bundled, every entry lies in one folder; from source, the entries lie below `native-worker`. */
const entryFolder = import.meta.filename.endsWith('.ts') ? new URL('..', import.meta.url).pathname : import.meta.dirname

/** Opens the service for one command and closes it afterwards. Ctrl-C cancels the task at hand; nothing is lost. */
export async function withClient<Result>(
  terminal: Terminal,
  work: (client: LocalClient) => Promise<Result>,
): Promise<Result> {
  const interrupted = new AbortController()
  const interrupt = (): void => {
    terminal.log('Stopping…')
    // A reason of ours: whatever stops because of it is an expected failure, not a fault inside.
    interrupted.abort(new FlawsmithError('cancelled', 'Stopped before the end; what was finished is kept.'))
  }
  const service = openService({
    ...{ entryFolder, logLevel: 'warn', keepsSchedule: false },
    printer: new ElectronPrinter(resolve(entryFolder, '../..')),
  })
  service.warnings.listen(({ code, message }) => {
    terminal.log(`warning ${code}: ${message}`)
  })
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    const onProgress = (line: () => string): void => {
      terminal.progress(line)
    }
    const onNote = (line: string): void => {
      terminal.log(line)
    }
    return await work(new LocalClient({ service, signal: interrupted.signal, onProgress, onNote }))
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    await service.close()
  }
}

const lookingOnly: Readonly<Record<ReadOnlyReason, string>> = {
  disk_full: 'its disk is full',
  folder_not_writable: 'its folder cannot be written to',
  asked: 'it is being checked',
}

/** The same with a project open. */
export function withProject<Result>(
  { terminal, folder }: { terminal: Terminal; folder: string },
  work: (client: LocalClient) => Promise<Result>,
): Promise<Result> {
  return withClient(terminal, async (client) => {
    const { readOnly } = await client.request('projects.open', { folder })
    if (readOnly !== null) terminal.log(`${folder} is opened for looking only: ${lookingOnly[readOnly]}.`)
    await noteHeldRuns({ client, terminal, folder })
    return work(client)
  })
}

async function noteHeldRuns({
  client,
  terminal,
  folder,
}: {
  client: LocalClient
  terminal: Terminal
  folder: string
}): Promise<void> {
  const { runs, decided } = await client.request('projects.heldRuns', {})
  if (decided || runs.length === 0) return
  const which = runs.length === 1 ? `Run ${runs.join()} waits` : `Runs ${runs.join(', ')} wait`
  terminal.log(
    `${which} in this project, which this machine has not opened before: nothing starts by itself. Decide with “flawsmith runs allow ${folder}” or “flawsmith runs leave ${folder}”.`,
  )
}
