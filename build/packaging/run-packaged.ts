import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandResult } from '../../native-worker/files/run-command.ts'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { onScreen, sandboxFlags } from '../setup/screen.ts'

/** What a developer's machine has and a user's has not, or what would lead the app back to this repository. */
const notOfUsers = /^(FLAWSMITH_|ELECTRON_|NODE_|npm_|INIT_CWD$|VITEST|PLAYWRIGHT_|XDG_)/i

/** "nobody" on every Linux. */
export const ordinaryUser = 65_534

interface RunOptions {
  readonly timeoutMs: number
  /** Added to the clean environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Linux, started by root: as a user without rights and inside Chromium's sandbox, as an installed app is used. */
  readonly asOrdinaryUser?: boolean
}

/**
 * Runs a packaged app as on a machine that has never seen this repository: no Node on the path, none of our variables, a home
 * of its own that is removed afterwards.
 */
export async function runPackaged(
  executable: string,
  args: readonly string[],
  { timeoutMs, env: added = {}, asOrdinaryUser = false }: RunOptions,
): Promise<CommandResult> {
  const home = await mkdtemp(join(tmpdir(), 'flawsmith-home-'))
  try {
    const emptyPath = join(home, 'bin')
    await mkdir(emptyPath)
    if (asOrdinaryUser) await chown(home, ordinaryUser, ordinaryUser)
    const inherited = Object.entries(process.env).filter(([name]) => !notOfUsers.test(name))
    const homes = { HOME: home, APPDATA: home, LOCALAPPDATA: home, USERPROFILE: home }
    const env = { ...Object.fromEntries(inherited), ...homes }
    if (process.platform !== 'linux')
      return await runCommand(executable, args, { env: { ...env, ...added, PATH: emptyPath }, timeoutMs })
    // The virtual screen's own tools need a path and an honest environment; the app gets its own after them.
    const variables = Object.entries({ ...added, PATH: emptyPath }).map(([name, value]) => `${name}=${value}`)
    const app = ['/usr/bin/env', ...variables, executable, ...(asOrdinaryUser ? [] : sandboxFlags()), ...args] as const
    const [command, ...rest] = onScreen(app, { always: true })
    const user = ['--reuid', '--regid'].map((option) => `${option}=${ordinaryUser}`)
    return asOrdinaryUser
      ? await runCommand('setpriv', [...user, '--clear-groups', command, ...rest], { env, timeoutMs })
      : await runCommand(command, rest, { env, timeoutMs })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
