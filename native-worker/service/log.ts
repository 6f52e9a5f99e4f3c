import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

export type Log = pino.Logger

/** JSON lines in `<logsFolder>/flawsmith.log`; warnings also on stderr, so that stdout stays free for results. */
export function openLog({ logsFolder, toStderr }: { logsFolder: string; toStderr: pino.Level }): Log {
  mkdirSync(logsFolder, { recursive: true })
  return pino(
    { level: 'debug', base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream([
      { level: 'info', stream: pino.destination({ dest: join(logsFolder, 'flawsmith.log'), sync: true }) },
      { level: toStderr, stream: pino.destination({ dest: 2, sync: true }) },
    ]),
  )
}
