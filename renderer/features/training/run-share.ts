import type { RunSummary } from '../../../contract/training.ts'

/** How far a run is, 0 to 1, by whichever limit is nearer; null without a limit. */
export function runShare(
  { targetSteps, targetMinutes }: Pick<RunSummary, 'targetSteps' | 'targetMinutes'>,
  { step, seconds }: { readonly step: number; readonly seconds: number },
): number | null {
  const shares = [
    ...(targetSteps === null || targetSteps === 0 ? [] : [step / targetSteps]),
    ...(targetMinutes === null || targetMinutes === 0 ? [] : [seconds / (targetMinutes * 60)]),
  ]
  return shares.length === 0 ? null : Math.min(1, Math.max(...shares))
}
