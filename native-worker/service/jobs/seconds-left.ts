/** Estimated seconds until a run reaches the nearer of its limits; null while the speed is not known. */
export function secondsLeft({
  step,
  seconds,
  stepsPerSecond,
  targetSteps,
  targetMinutes,
}: {
  readonly step: number
  readonly seconds: number
  readonly stepsPerSecond: number
  readonly targetSteps: number | null
  readonly targetMinutes: number | null
}): number | null {
  const bySteps = targetSteps === null || stepsPerSecond <= 0 ? Infinity : (targetSteps - step) / stepsPerSecond
  const byMinutes = targetMinutes === null ? Infinity : targetMinutes * 60 - seconds
  const left = Math.min(bySteps, byMinutes)
  return Number.isFinite(left) ? Math.max(0, left) : null
}
