import { spawn } from 'node:child_process'

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface CommandResult {
  /** Exit code; null when the program could not be started or ended by a signal (also the time-out's). */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end and keeps what it prints. Does not throw: a missing program is a result with `code: null`. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env, timeoutMs, signal } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: env ?? process.env,
      ...(cwd === undefined ? {} : { cwd }),
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: 'SIGKILL' as const }),
      ...(signal === undefined ? {} : { signal }),
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    const finish = (code: number | null, problem = ''): void => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() + problem })
    }
    child.once('error', (error) => {
      finish(null, error.message)
    })
    child.once('close', (code) => {
      finish(code)
    })
  })
}
