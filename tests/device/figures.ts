/** What a list of milliseconds says: the nearest of the measured ones each time. */
export interface Figures {
  readonly timedSteps: number
  readonly medianMs: number
  readonly p10Ms: number
  readonly p90Ms: number
}

export function figuresOf(stepMs: readonly number[]): Figures {
  const sorted = [...stepMs].sort((a, b) => a - b)
  const at = (share: number): number =>
    Number((sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2))
  return { timedSteps: sorted.length, medianMs: at(0.5), p10Ms: at(0.1), p90Ms: at(0.9) }
}
