/** Variables that would change how a plain Node child starts, or that belong to Electron alone. */
const notInherited = /^(ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_|CHROME_|VITEST|NODE_ENV$)/

/** The environment of a compute child: ours without what would confuse it, with few malloc arenas and quiet logs. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !notInherited.test(name))
  return { MALLOC_ARENA_MAX: '2', TF_CPP_MIN_LOG_LEVEL: '3', ...Object.fromEntries(inherited) }
}
