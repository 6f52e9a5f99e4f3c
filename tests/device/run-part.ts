import { spawn } from 'node:child_process'
import { figuresOf } from './figures.ts'

/** What one part of the check found, or why it did not. */
export interface PartReport {
  readonly part: string
  readonly engine: string
  readonly seconds: number
  /** It ran to its end and, where it judges numbers, they are right. */
  readonly passed: boolean
  readonly found: Readonly<Record<string, unknown>> | null
  /** The end of what it said, where it failed. */
  readonly failure: string | null
}

interface Part {
  readonly part: string
  readonly engine: string
  readonly command: readonly [string, ...string[]]
  readonly timeoutSeconds: number
}

const longestFailure = 2000

/** Runs one part in a process of its own; whatever happens to it becomes its report. */
export function runPart({ part, engine, command: [command, ...args], timeoutSeconds }: Part): Promise<PartReport> {
  const began = performance.now()
  const said = { stdout: '', stderr: '' }
  return new Promise((resolve) => {
    const end = (failure: string | null): void => {
      const found = lastJson(said.stdout)
      const wrong = found?.['correct'] === false ? 'its numbers are wrong' : null
      const missing = found === null ? 'it ended without a result' : null
      const why = failure ?? missing ?? wrong
      const words = why === null ? null : `${why}\n${said.stderr}`.trim().slice(0, longestFailure)
      const seconds = Number(((performance.now() - began) / 1000).toFixed(1))
      resolve({ part, engine, seconds, passed: why === null, found, failure: words })
    }
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] = (said[stream] + text).slice(-100_000)
      })
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutSeconds * 1000)
    child.once('error', (error) => {
      clearTimeout(timer)
      end(error.message)
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (signal === 'SIGKILL') end(`it was stopped after ${timeoutSeconds} s`)
      else end(code === 0 ? null : `it ended with ${signal ?? `exit code ${code}`}`)
    })
  })
}

/** A list, as the peers print it, becomes the figures of its values. */
function lastJson(text: string): Readonly<Record<string, unknown>> | null {
  const line = text.trim().split('\n').at(-1) ?? ''
  try {
    const value: unknown = JSON.parse(line)
    if (Array.isArray(value)) return { ...figuresOf(value as readonly number[]) }
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    // What it said last is no result.
    return null
  }
}
