import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { TrainerReport, TrainerSignal, TrainerTask } from '../../../contract/trainer.ts'
import { childEnvironment } from './child-environment.ts'
import type { ComputeRuntime } from './compute-runtime.ts'

export interface TrainerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The last lines the process wrote to stderr: what a native crash leaves behind. */
  readonly lastLines: readonly string[]
}

/** One task in one plain Node child: started, heard, told to stop, and its end awaited. */
export class TrainerProcess {
  readonly exited: Promise<TrainerExit>
  readonly #child: ChildProcess

  constructor({
    runtime,
    task,
    onReport,
  }: {
    runtime: ComputeRuntime
    task: TrainerTask
    onReport: (report: TrainerReport) => void
  }) {
    const child = spawn(runtime.nodePath, [runtime.trainerEntry], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: childEnvironment(),
      windowsHide: true,
    })
    this.#child = child
    const lastLines: string[] = []
    if (child.stderr !== null) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        lastLines.push(line)
        if (lastLines.length > 20) lastLines.shift()
      })
    }
    child.on('message', (message) => {
      onReport(message as TrainerReport)
    })
    this.exited = new Promise((resolve) => {
      // A child that never started has no 'close'.
      child.once('error', (error) => {
        resolve({ code: null, signal: null, lastLines: [error.message] })
      })
      child.once('close', (code, signal) => {
        resolve({ code, signal, lastLines })
      })
    })
    child.send(task, (error) => {
      if (error !== null) lastLines.push(error.message)
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  stop(): void {
    const stop: TrainerSignal = { kind: 'stop' }
    if (this.#child.connected) this.#child.send(stop)
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }
}
