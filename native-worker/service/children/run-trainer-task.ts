import { FlawsmithError, fromFailure } from '../../../contract/errors.ts'
import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import type { ComputeRuntime } from './compute-runtime.ts'
import { TrainerProcess } from './trainer-process.ts'

/**
 * Runs a task to its end and passes its reports on.
 * @throws FlawsmithError the child's own failure; `compute_died` when it ended without saying why; `cancelled`.
 */
export async function runTrainerTask({
  runtime,
  task,
  signal,
  onReport,
}: {
  runtime: ComputeRuntime
  task: TrainerTask
  signal: AbortSignal
  onReport: (report: TrainerReport) => void
}): Promise<void> {
  signal.throwIfAborted()
  const end: { failed: FlawsmithError | null; ended: boolean } = { failed: null, ended: false }
  const trainer = new TrainerProcess({
    runtime,
    task,
    onReport: (report) => {
      if (report.kind === 'failed') end.failed = fromFailure(report.failure)
      if (report.kind === 'ended') end.ended = true
      onReport(report)
    },
  })
  const kill = (): void => {
    trainer.kill()
  }
  signal.addEventListener('abort', kill, { once: true })
  const exit = await trainer.exited
  signal.removeEventListener('abort', kill)
  if (signal.aborted) throw new FlawsmithError('cancelled', 'Cancelled; what was finished before stays.')
  if (end.failed !== null) throw end.failed
  if (!end.ended && exit.code !== 0) throw describeDeath(task.kind, exit)
}

export function describeDeath(
  what: string,
  exit: { readonly code: number | null; readonly signal: string | null; readonly lastLines: readonly string[] },
): FlawsmithError {
  const how = exit.signal === null ? `exit code ${exit.code ?? 'none'}` : `signal ${exit.signal}`
  const lastLine = exit.lastLines.at(-1) ?? ''
  return new FlawsmithError(
    'compute_died',
    `The compute process (${what}) ended by ${how}${lastLine === '' ? '' : `: ${lastLine}`}. Start it again; nothing recorded was lost.`,
    { signal: exit.signal, exitCode: exit.signal === null ? exit.code : null, lastLine },
  )
}
