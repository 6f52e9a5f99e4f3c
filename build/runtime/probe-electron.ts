import { runCommand } from '../../native-worker/files/run-command.ts'

export interface ElectronVersions {
  readonly version: string
  readonly chrome: string
  readonly node: string
  /** Newest Node-API version it offers to native modules. */
  readonly napi: number
}

const script = `const { electron: version, chrome, node, napi } = process.versions
JSON.stringify({ version, chrome, node, napi: Number(napi) })`

/** Asks an Electron for its versions by starting it as plain Node. Throws with what it printed when it does not run. */
export async function probeElectron(electronPath: string): Promise<ElectronVersions> {
  const { code, stdout, stderr } = await runCommand(electronPath, ['-p', script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    timeoutMs: 30_000,
  })
  if (code !== 0)
    throw new Error(`${electronPath} does not start: ${stderr.trim().split('\n').at(-1) ?? `exit code ${code}`}`)
  const found: unknown = JSON.parse(stdout)
  if (!isVersions(found)) throw new Error(`${electronPath} is not an Electron: it answered ${stdout.trim()}`)
  return found
}

function isVersions(value: unknown): value is ElectronVersions {
  if (typeof value !== 'object' || value === null) return false
  const { version, chrome, node, napi } = value as Record<string, unknown>
  return [version, chrome, node].every((each) => typeof each === 'string') && typeof napi === 'number'
}
