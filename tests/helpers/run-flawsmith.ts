import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The built command line, for tests that start it their own way. */
export const cli = join(import.meta.dirname, '../../out/main/cli.js')

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The one JSON document on stdout; fails the test where there is none. */
  readonly json: () => unknown
}

export interface RunningCommand {
  readonly pid: number
  readonly result: Promise<CommandResult>
  /** Resolves once stderr has a line that matches. */
  readonly sawLine: (pattern: RegExp) => Promise<void>
  /** Ctrl-C reaches every process of the command, as from a terminal; other signals only the command itself. */
  readonly kill: (signal: NodeJS.Signals) => void
}

/** Starts the built command line in its own process, on this Node, with its own data folder. */
export function startFlawsmith(args: readonly string[], { dataFolder }: { dataFolder: string }): RunningCommand {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, FLAWSMITH_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a shell gives it.
    detached: true,
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const result = new Promise<CommandResult>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) as unknown })
    })
  })
  const sawLine = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(stderr)) resolve()
      }
      child.stderr.on('data', look)
      look()
      void result.then(({ code }) => {
        reject(new Error(`ended with ${String(code)} before ${String(pattern)}:\n${stderr}`))
      })
    })
  const pid = child.pid ?? 0
  return { pid, result, sawLine, kill: (signal) => process.kill(signal === 'SIGINT' ? -pid : pid, signal) }
}

export const runFlawsmith = (args: readonly string[], options: { dataFolder: string }): Promise<CommandResult> =>
  startFlawsmith(args, options).result
