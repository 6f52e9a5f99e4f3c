import type { TrainerReport } from '../../contract/trainer.ts'
import type { Metric } from '../../contract/training.ts'
import { updateBest } from './best-so-far.ts'
import type { LiveMetrics } from './embedding/live-metrics.ts'
import type { TrainingSession } from './training-session.ts'

type Progress = Extract<TrainerReport, { kind: 'progressed' }>

/** When a run measures how its generator does, and what it then reports. */
export class RunMeasurements {
  readonly #live: LiveMetrics
  readonly #everyMs: number | null
  #measuredAt = performance.now()
  #measuredStep: number | null = null
  #progress: Progress | null = null

  /** @param everySeconds null where the measurements themselves know how often they may come */
  constructor(live: LiveMetrics, { everySeconds }: { everySeconds: number | null }) {
    this.#live = live
    this.#everyMs = everySeconds === null ? null : 1000 * everySeconds
  }

  /** The latest losses: a measurement is reported together with them, so that one report holds everything known at a step. */
  note(progress: Progress): void {
    this.#progress = progress
  }

  /** What was known belongs to a course that the run has left. */
  forget(): void {
    this.#progress = null
    this.#measuredStep = null
  }

  /** Null where nothing is due; at its end a run is measured in any case. Keeps the session's best up to date. */
  measure(
    session: TrainingSession,
    { step, isLast }: { readonly step: number; readonly isLast: boolean },
  ): Progress | null {
    const isDue = this.#isDue() || (isLast && this.#measuredStep !== step)
    if (this.#progress === null || step === 0 || !isDue) return null
    const metrics = this.#live.measure(session.gan)
    this.#measuredAt = performance.now()
    this.#measuredStep = step
    session.best = updateBest(session.best, { step, kid: distanceOf(metrics) })
    return { ...this.#progress, step, metrics: [...this.#progress.metrics, ...metrics] }
  }

  #isDue(): boolean {
    const now = performance.now()
    return this.#everyMs === null ? this.#live.isDue(now / 1000) : now - this.#measuredAt >= this.#everyMs
  }
}

const distanceOf = (metrics: readonly Metric[]): number | undefined =>
  metrics.find(({ name, className }) => name === 'kid' && className === null)?.value
