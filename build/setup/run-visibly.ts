import { spawn } from 'node:child_process'

interface VisibleOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** `stderr` keeps our stdout free for a result. */
  readonly stdout?: 'inherit' | 'stderr'
}

/** Runs a program whose output a person watches; signals to us reach it too. Gives the exit code. */
export function runVisibly(
  command: string,
  args: readonly string[],
  { cwd, env, stdout = 'inherit' }: VisibleOptions = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit'],
      env: env ?? process.env,
      ...(cwd === undefined ? {} : { cwd }),
    })
    const pass = (signal: NodeJS.Signals): void => {
      child.kill(signal)
    }
    process.on('SIGINT', pass).on('SIGTERM', pass)
    child.once('error', reject)
    child.once('exit', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      resolve(code ?? 1)
    })
  })
}
