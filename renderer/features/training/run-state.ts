import type { RunSummary } from '../../../contract/training.ts'

type RunState = Pick<RunSummary, 'status' | 'checkpointStep' | 'targetSteps' | 'targetMinutes'>

export const isActive = ({ status }: Pick<RunState, 'status'>): boolean => status === 'running' || status === 'queued'

/** What a run's own button does: a stop with a checkpoint is a pause, a finished run can be given more, if it trains. */
export function nextMove(
  run: RunState,
  { trains }: { readonly trains: boolean },
): 'pause' | 'resume' | 'extend' | null {
  if (isActive(run)) return 'pause'
  if (!trains) return null
  if (run.checkpointStep === null) return null
  if (run.status !== 'finished') return 'resume'
  return run.targetSteps === null && run.targetMinutes === null ? null : 'extend'
}

/** Stopped before its first checkpoint, a run cannot go on: only then it is not called paused. */
export const runLabel = ({ status, checkpointStep }: RunState): RunSummary['status'] | 'paused' =>
  status === 'stopped' && checkpointStep !== null ? 'paused' : status
