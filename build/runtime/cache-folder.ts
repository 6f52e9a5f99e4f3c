import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where downloaded and built binaries live, outside the repository: they outlast a fresh clone. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const explicit = env['FLAWSMITH_CACHE']
  if (explicit !== undefined && explicit !== '') return explicit
  if (process.platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'flawsmith', 'cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'flawsmith')
  const xdg = env['XDG_CACHE_HOME']
  return join(xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg, 'flawsmith')
}
