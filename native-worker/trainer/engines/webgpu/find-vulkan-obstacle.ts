import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { EngineObstacle } from '../../../../contract/engines.ts'

const loader = 'libvulkan.so.1'

interface VulkanObstacle {
  readonly obstacle: EngineObstacle
  readonly why: string
}

/** What keeps Vulkan from having a card on Linux: no loader, or no maker's driver; null where both are there. */
export function findVulkanObstacle(environment: NodeJS.ProcessEnv = process.env): VulkanObstacle | null {
  if (!canOpen(loader)) {
    return {
      obstacle: 'no_vulkan_loader',
      why: `Vulkan is not installed (${loader} is missing); install libvulkan1 and the driver of the card's maker`,
    }
  }
  if (!hasDriver(environment)) {
    return {
      obstacle: 'no_vulkan_driver',
      why: "Vulkan has no driver here; install the one of the card's maker, Vulkan included",
    }
  }
  return null
}

/** As Dawn looks for it: by the system's own rules. */
function canOpen(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library)
    return true
  } catch (thrown) {
    // It is found and opened, and then it is no addon.
    return thrown instanceof Error && !thrown.message.includes('cannot open shared object file')
  }
}

/** In the order of the loader: the files that are named, else those in the folders where drivers describe themselves. */
function hasDriver(environment: NodeJS.ProcessEnv): boolean {
  const named = environment['VK_DRIVER_FILES'] ?? environment['VK_ICD_FILENAMES']
  if (named !== undefined) return named.split(':').some((path) => isManifest(path) || holdsManifest(path))
  const { XDG_DATA_HOME, XDG_DATA_DIRS } = environment
  const shared = XDG_DATA_DIRS ?? '/usr/local/share:/usr/share'
  const folders = ['/etc', '/usr/local/etc', XDG_DATA_HOME ?? join(homedir(), '.local/share'), ...shared.split(':')]
  return folders.some((folder) => holdsManifest(join(folder, 'vulkan/icd.d')))
}

const isManifest = (path: string): boolean => path.endsWith('.json') && existsAsFile(path)

const holdsManifest = (folder: string): boolean => namesIn(folder).some((name) => name.endsWith('.json'))

const existsAsFile = (path: string): boolean => namesIn(join(path, '..')).some((name) => path.endsWith(`/${name}`))

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Not there, not a folder, not ours to read: there is no driver in it for us.
    return []
  }
}
