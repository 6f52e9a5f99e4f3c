/** Variables that would change how a plain Node child starts, or that belong to Electron alone. */
const notInherited = /^(ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_|CHROME_|VITEST|NODE_ENV$)/

/**
 * The environment of a compute child: ours without what would confuse it, with few malloc arenas and quiet logs. A small young
 * generation: V8 would let it grow to some 150 MB of tensors' handles long dead, up and down, and memory would look like leaking.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !notInherited.test(name))
  const ours = { MALLOC_ARENA_MAX: '2', TF_CPP_MIN_LOG_LEVEL: '3', NODE_OPTIONS: '--max-semi-space-size=8' }
  return { ...ours, ...Object.fromEntries(inherited) }
}
