import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/**
 * Linux: the files by which Vulkan's drivers describe themselves, as its loader looks for them: those that are named by variables,
 * else those in the usual folders.
 */
export function vulkanDrivers(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  const named = environment['VK_DRIVER_FILES'] ?? environment['VK_ICD_FILENAMES']
  if (named !== undefined) {
    return named
      .split(':')
      .flatMap((path) =>
        path.endsWith('.json')
          ? manifestsIn(dirname(path)).filter((each) => basename(each) === basename(path))
          : manifestsIn(path),
      )
  }
  const { XDG_DATA_HOME, XDG_DATA_DIRS } = environment
  const shared = XDG_DATA_DIRS ?? '/usr/local/share:/usr/share'
  const folders = ['/etc', '/usr/local/etc', XDG_DATA_HOME ?? join(homedir(), '.local/share'), ...shared.split(':')]
  return folders.flatMap((folder) => manifestsIn(join(folder, 'vulkan/icd.d')))
}

function manifestsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name))
  } catch {
    // Not there, not a folder, not ours to read: there is no driver in it for us.
    return []
  }
}
