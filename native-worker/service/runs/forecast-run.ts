import type { RunForecast, StepMeasurement } from '../../../contract/training.ts'

/** Over minutes a run comes to hold 3 to 14 % more than its first steps (measured on two recipes and engines). */
const growth = 1.15

export interface FreeMemory {
  /** Infinite where the system does not tell. */
  readonly freeBytes: number
  /** A run ends when less than this is left. */
  readonly leastFreeBytes: number
}

/**
 * What a measured step comes to over a run: it ends after the step that reaches the nearer of its limits.
 * @param limits at least one is given; see `RunPlan`
 */
export function forecastRun(
  measurement: StepMeasurement,
  {
    targetSteps,
    targetMinutes,
    memory: { freeBytes, leastFreeBytes },
  }: { readonly targetSteps: number | null; readonly targetMinutes: number | null; readonly memory: FreeMemory },
): Omit<RunForecast, 'engines'> {
  const stepSeconds = measurement.stepMs / 1000
  const stepsInTime = targetMinutes === null ? Infinity : Math.max(1, Math.ceil((targetMinutes * 60) / stepSeconds))
  const steps = Math.min(targetSteps ?? Infinity, stepsInTime)
  return {
    ...measurement,
    steps,
    seconds: steps * stepSeconds,
    memory: {
      freeBytes: Number.isFinite(freeBytes) ? freeBytes : null,
      leastFreeBytes,
      fits: freeBytes - growth * measurement.peakMemoryBytes >= leastFreeBytes,
    },
  }
}
