import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import * as v from 'valibot'
import type { TrainerSignal, TrainerTask } from '../../../contract/trainer.ts'
import { TrainerReport } from '../../../contract/trainer.ts'
import { toFailure } from '../../../contract/errors.ts'
import { childEnvironment } from './child-environment.ts'
import { answerInvalid } from './answer-invalid.ts'
import type { ComputeRuntime } from './compute-runtime.ts'

export interface TrainerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The last lines the process wrote to stderr: what a native crash leaves behind. */
  readonly lastLines: readonly string[]
}

/**
 * One task in one plain Node child: started, heard, told to stop, and its end awaited. A child that reports what cannot be read is
 * killed, and that is its last report: `failed` with `compute_answer_invalid`.
 */
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
    let refused = false
    child.on('message', (message) => {
      // Reports that were on their way when one could not be read: nothing of that process is believed any more.
      if (refused) return
      const checked = v.safeParse(TrainerReport, message)
      if (checked.success) onReport(checked.output)
      else {
        refused = true
        const failure = answerInvalid('training', v.summarize(checked.issues))
        onReport({ kind: 'failed', failure: toFailure(failure) })
        this.kill()
      }
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
