import { FlawsmithError } from '../../contract/errors.ts'
import type { RunSummary } from '../../contract/training.ts'

/** @throws FlawsmithError what ended the run, and how to go on, where it neither finished nor was stopped */
export function refuseUnlessEndedWell(run: RunSummary): void {
  if (run.status === 'finished' || run.status === 'stopped') return
  // Runs of versions that recorded no failure have their end only.
  const { code, details } = run.failure ?? {
    code: run.end === 'diverged' ? ('training_diverged' as const) : ('compute_died' as const),
    details: {},
  }
  const next = run.checkpointStep === null ? 'Start it again.' : `Continue with --resume ${run.id}.`
  const unrecorded = run.isEndRecorded ? '' : ' This end is not on record: the disk took no record of it.'
  const kept =
    run.checkpointStep === null ? 'No checkpoint is kept.' : `Its checkpoint at step ${run.checkpointStep} is kept.`
  const ended = (run.message ?? run.status).replace(/\.$/, '')
  const what = `Run ${run.id} ended at step ${run.step}: ${ended}.${unrecorded} ${kept} ${next}`
  throw new FlawsmithError(code, what, {
    ...details,
    run: run.id,
    step: run.step,
  })
}
