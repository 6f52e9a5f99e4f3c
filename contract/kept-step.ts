import type { RunSummary } from './training.ts'

/**
 * What is left of a run that does not train now, where that is less than it made: the step of its newest checkpoint, from which it would
 * go on and from which its samples come; 0 where it has none. What its process learned after that was lost with it. Null where all is kept.
 */
export function keptStep({
  status,
  step,
  checkpointStep,
}: Pick<RunSummary, 'status' | 'step' | 'checkpointStep'>): number | null {
  const kept = checkpointStep ?? 0
  return status !== 'running' && kept < step ? kept : null
}
