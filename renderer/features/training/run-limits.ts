import type { RequestInput } from '../../../contract/service.ts'
import type { CheckpointSummary, RunSummary } from '../../../contract/training.ts'

type LimitedRun = Pick<RunSummary, 'step' | 'seconds' | 'targetSteps' | 'targetMinutes'>
type Point = Pick<CheckpointSummary, 'step' | 'seconds'>

/** How much a run shall train on, in the limits it has; null where it has no such limit. */
export interface MoreTraining {
  readonly steps: number | null
  readonly minutes: number | null
}

/** What is left of each limit at a checkpoint; where nothing is, half as much again. */
export function proposeMore(run: LimitedRun, from: Point): MoreTraining {
  const { targetSteps, targetMinutes } = run
  const stepsLeft = (targetSteps ?? 0) - from.step
  const minutesLeft = (targetMinutes ?? 0) - minutesAt(run, from)
  return {
    steps: targetSteps === null ? null : stepsLeft > 0 ? stepsLeft : Math.ceil(targetSteps / 2),
    minutes: targetMinutes === null ? null : tenths(minutesLeft >= 0.1 ? minutesLeft : targetMinutes / 2),
  }
}

/** The limits to ask the service for: they count from the run's first step, not from the checkpoint. */
export function limitsAfter(
  run: LimitedRun,
  { from, more }: { readonly from: Point; readonly more: MoreTraining },
): Pick<RequestInput<'runs.resume'>, 'steps' | 'minutes'> {
  return {
    ...(more.steps === null ? {} : { steps: from.step + more.steps }),
    ...(more.minutes === null ? {} : { minutes: minutesAt(run, from) + more.minutes }),
  }
}

/** Minutes of training behind a checkpoint. Where it records none, the run's mean speed gives them. */
function minutesAt({ step, seconds }: LimitedRun, from: Point): number {
  if (from.seconds !== null) return from.seconds / 60
  return step === 0 ? 0 : (seconds / 60) * Math.min(1, from.step / step)
}

const tenths = (minutes: number): number => Math.max(0.1, Math.round(minutes * 10) / 10)
