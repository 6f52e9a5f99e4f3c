import type { RequestInput } from '../../../contract/service.ts'
import type { RunSummary } from '../../../contract/training.ts'

type LimitedRun = Pick<RunSummary, 'step' | 'seconds' | 'targetSteps' | 'targetMinutes'>

/** How much a run shall train on, in the limits it has; null where it has no such limit. */
export interface MoreTraining {
  readonly steps: number | null
  readonly minutes: number | null
}

/** What is left of each limit at a checkpoint; where nothing is, half as much again. */
export function proposeMore(run: LimitedRun, fromStep: number): MoreTraining {
  const { targetSteps, targetMinutes } = run
  const stepsLeft = (targetSteps ?? 0) - fromStep
  const minutesLeft = (targetMinutes ?? 0) - minutesAt(run, fromStep)
  return {
    steps: targetSteps === null ? null : stepsLeft > 0 ? stepsLeft : Math.ceil(targetSteps / 2),
    minutes: targetMinutes === null ? null : tenths(minutesLeft >= 0.1 ? minutesLeft : targetMinutes / 2),
  }
}

/** The limits to ask the service for: they count from the run's first step, not from the checkpoint. */
export function limitsAfter(
  run: LimitedRun,
  { fromStep, more }: { readonly fromStep: number; readonly more: MoreTraining },
): Pick<RequestInput<'runs.resume'>, 'steps' | 'minutes'> {
  return {
    ...(more.steps === null ? {} : { steps: fromStep + more.steps }),
    ...(more.minutes === null ? {} : { minutes: minutesAt(run, fromStep) + more.minutes }),
  }
}

/** Minutes of training behind a checkpoint. It records its step only: the run's mean speed gives the time. */
const minutesAt = ({ step, seconds }: LimitedRun, fromStep: number): number =>
  step === 0 ? 0 : (seconds / 60) * Math.min(1, fromStep / step)

const tenths = (minutes: number): number => Math.max(0.1, Math.round(minutes * 10) / 10)
