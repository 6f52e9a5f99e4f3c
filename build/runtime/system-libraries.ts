import { runCommand } from '../../native-worker/files/run-command.ts'
import { say } from '../setup/say.ts'
import { windowLibraries } from './window-libraries.ts'

/** What a real Electron window needs on Debian, a virtual screen included. */
const windowPackages = ['xvfb', 'xauth', ...windowLibraries] as const

/**
 * Installs the missing ones as root on Debian and its kin; otherwise says the one command. Other systems are left alone.
 * Never throws: what is really missing shows when Electron starts.
 */
export async function ensureSystemPackages(packages: readonly string[] = windowPackages): Promise<void> {
  if (process.platform !== 'linux') return
  const missing = await findMissing(packages)
  if (missing.length === 0) return
  const install = ['install', '-y', '--no-install-recommends', ...missing]
  if (process.getuid?.() !== 0) {
    say(`Missing system packages. Run: sudo apt-get update && sudo apt-get ${install.join(' ')}`)
    return
  }
  say(`Installing system packages: ${missing.join(' ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runCommand('apt-get', ['update', '-q'], { env, timeoutMs: 5 * 60_000 })
  const { code, stderr } = await runCommand('apt-get', install, { env, timeoutMs: 15 * 60_000 })
  if (code !== 0) say(`apt-get ${install.join(' ')} failed: ${stderr.trim().split('\n').at(-1) ?? `exit code ${code}`}`)
}

/** Newer releases renamed some libraries (…t64): a package counts as present when anything provides it. */
async function findMissing(packages: readonly string[]): Promise<readonly string[]> {
  const { code, stdout } = await runCommand('dpkg-query', ['-W', '-f', '${Status}|${Package}|${Provides}\\n'])
  if (code !== 0) return []
  const present = new Set<string>()
  for (const line of stdout.split('\n')) {
    const [status, name, provides] = line.split('|')
    if (status !== 'install ok installed' || name === undefined) continue
    present.add(name)
    for (const provided of provides?.split(',') ?? []) present.add(provided.trim().split(' ')[0] ?? '')
  }
  return packages.filter((name) => !present.has(name))
}
