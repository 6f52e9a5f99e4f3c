import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

export type Log = pino.Logger

/** Kept while the disk takes no lines; what comes on top is dropped. */
const mostBytesWaiting = 1_000_000

/**
 * JSON lines in `<logsFolder>/flawsmith.log`; warnings also on stderr, so that stdout stays free for results. Never throws: where the
 * file cannot be written, `onFailure` is told, and the rest goes on.
 */
export function openLog({
  logsFolder,
  toStderr,
  onFailure,
}: {
  readonly logsFolder: string
  readonly toStderr: pino.Level
  readonly onFailure: (thrown: unknown) => void
}): Log {
  const file = openLogFile(logsFolder, onFailure)
  return pino(
    { level: 'debug', base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream([
      ...(file === null ? [] : [{ level: 'info' as const, stream: file }]),
      { level: toStderr, stream: pino.destination({ dest: 2, sync: true }) },
    ]),
  )
}

function openLogFile(logsFolder: string, onFailure: (thrown: unknown) => void): pino.DestinationStream | null {
  try {
    mkdirSync(logsFolder, { recursive: true })
    const file = pino.destination({
      dest: join(logsFolder, 'flawsmith.log'),
      sync: true,
      maxLength: mostBytesWaiting,
    })
    // Without a listener a full disk would end the process at its next line.
    file.on('error', onFailure)
    return file
  } catch (thrown) {
    onFailure(thrown)
    return null
  }
}
