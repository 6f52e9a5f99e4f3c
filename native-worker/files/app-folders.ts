import { homedir } from 'node:os'
import { join } from 'node:path'

export interface AppFolders {
  /** Recent projects and settings: kept. */
  readonly data: string
  /** Runtimes, engine packs, probe results: can be deleted at any time. */
  readonly cache: string
  readonly logs: string
}

interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly home: string
}

/** Where the app keeps its own files, by the custom of each system; `FLAWSMITH_DATA` and `FLAWSMITH_CACHE` move them. */
export function appFolders(
  { platform, env, home }: Machine = { platform: process.platform, env: process.env, home: homedir() },
): AppFolders {
  const data = named(env, 'FLAWSMITH_DATA') ?? defaultDataFolder({ platform, env, home })
  const cache = named(env, 'FLAWSMITH_CACHE') ?? defaultCacheFolder({ platform, env, home })
  return { data, cache, logs: join(data, 'logs') }
}

function defaultDataFolder({ platform, env, home }: Machine): string {
  if (platform === 'win32') return join(named(env, 'APPDATA') ?? join(home, 'AppData', 'Roaming'), 'Flawsmith')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Flawsmith')
  return join(named(env, 'XDG_DATA_HOME') ?? join(home, '.local', 'share'), 'flawsmith')
}

function defaultCacheFolder({ platform, env, home }: Machine): string {
  if (platform === 'win32')
    return join(named(env, 'LOCALAPPDATA') ?? join(home, 'AppData', 'Local'), 'Flawsmith', 'Cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Flawsmith')
  return join(named(env, 'XDG_CACHE_HOME') ?? join(home, '.cache'), 'flawsmith')
}

/** An empty variable counts as unset. */
const named = (env: NodeJS.ProcessEnv, name: string): string | undefined => (env[name] === '' ? undefined : env[name])
