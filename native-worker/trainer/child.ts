import * as v from 'valibot'
import { FlawsmithError, toFailure } from '../../contract/errors.ts'
import { TrainerSignal, TrainerTask, type TrainerReport } from '../../contract/trainer.ts'
import { runTask } from './tasks/run-task.ts'

/*
 * Entry of the trainer child: one task over the IPC channel, reports back, exit. Ends by itself when the parent is gone,
 * so that a killed service leaves no orphan computing.
 */

const stop = new AbortController()

/** Resolves when the message has left: exiting earlier would lose it. */
function report(message: TrainerReport): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || process.send === undefined) {
      resolve()
      return
    }
    process.send(message, undefined, undefined, () => {
      resolve()
    })
  })
}

async function main(received: unknown): Promise<void> {
  try {
    const task = v.safeParse(TrainerTask, received)
    if (!task.success) {
      throw new FlawsmithError(
        'invalid_request',
        `The trainer got no valid task: ${v.flatten(task.issues).root?.[0] ?? JSON.stringify(v.flatten(task.issues).nested)}`,
      )
    }
    let last = Promise.resolve()
    await runTask(task.output, {
      signal: stop.signal,
      report: (message) => {
        last = report(message)
      },
    })
    await last
    process.exit(0)
  } catch (thrown) {
    // The service keeps the last lines of stderr for its log; the failure itself goes as a message.
    if (!(thrown instanceof FlawsmithError)) console.error(thrown instanceof Error ? thrown.stack : thrown)
    await report({ kind: 'failed', failure: toFailure(thrown) })
    process.exit(1)
  }
}

// Ctrl-C in a terminal reaches the children, too; the service decides what it means, such as a last checkpoint.
process.on('SIGINT', () => undefined)
process.once('disconnect', () => {
  process.exit(1)
})
process.once('message', (task) => {
  process.on('message', (signal) => {
    if (v.is(TrainerSignal, signal)) stop.abort()
  })
  void main(task)
})
if (process.send === undefined) {
  console.error('This is the trainer process of Flawsmith; it is started by the service.')
  process.exit(2)
}
