import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findInstalledElectron } from '../../build/runtime/installed-electron.ts'
import { projectRoot } from '../../build/setup/project-root.ts'
import { appFolders } from '../../native-worker/files/app-folders.ts'

const driver = 'vk_swiftshader_icd.json'

/**
 * The variables with which a child of ours computes on SwiftShader, the graphics card in software that every Electron for Linux
 * carries with a Vulkan loader; null where there is no Electron yet, or another system.
 */
export async function softwareCardEnvironment(): Promise<NodeJS.ProcessEnv | null> {
  if (process.platform !== 'linux') return null
  const folder = (await electronFolders()).find((each) => existsSync(join(each, driver)))
  if (folder === undefined) return null
  return {
    ...process.env,
    VK_DRIVER_FILES: join(folder, driver),
    LD_LIBRARY_PATH: folder,
    FLAWSMITH_SOFTWARE_ADAPTER: '1',
  }
}

async function electronFolders(): Promise<readonly string[]> {
  const explicit = process.env['FLAWSMITH_ELECTRON']
  const installed = await findInstalledElectron(projectRoot)
  const kept = join(appFolders().cache, 'runtime')
  const carried = existsSync(kept) ? await readdir(kept) : []
  return [
    ...[explicit, installed].filter((path) => path !== undefined && path !== null).map((path) => dirname(path)),
    ...carried.map((name) => join(kept, name)),
  ]
}
