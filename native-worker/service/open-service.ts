import type { Level } from 'pino'
import { appFolders } from '../files/app-folders.ts'
import { findComputeRuntime } from './children/compute-runtime.ts'
import { packagedResources } from './children/packaged-resources.ts'
import { openLog } from './log.ts'
import type { PagePrinter } from './printing/page-printer.ts'
import { Service } from './service.ts'
import { Warnings } from './warnings.ts'

/** A service with this machine's folders, its log and its compute children. */
export function openService({
  entryFolder,
  logLevel,
  keepsSchedule,
  printer,
}: {
  entryFolder: string
  logLevel: Level
  keepsSchedule: boolean
  printer: PagePrinter
}): Service {
  const folders = appFolders()
  // For a development runtime that is too old for the package's own binary.
  const isDevelopment = 'electron' in process.versions && packagedResources(entryFolder) === null
  const sqliteBinding = isDevelopment ? (process.env['FLAWSMITH_SQLITE_BINDING'] ?? null) : null
  const warnings = new Warnings()
  return new Service({
    folders,
    warnings,
    runtime: findComputeRuntime(entryFolder),
    sqliteBinding: sqliteBinding === '' ? null : sqliteBinding,
    keepsSchedule,
    printer,
    log: openLog({
      logsFolder: folders.logs,
      toStderr: logLevel,
      onFailure: (thrown) => {
        warnings.ownFolderFailed(thrown, folders.data)
      },
    }),
  })
}
