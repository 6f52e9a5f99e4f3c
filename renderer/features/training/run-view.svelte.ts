import type { Failure } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import type { RunDetails, Snapshot } from '../../../contract/training.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { MetricPoints } from './metric-points.ts'
import { appendPoint, fromSeries, noPoints } from './metric-points.ts'

const pointLimit = 3000

/** Everything one run shows: parameters, curves and snapshots. Follows it live until `close`. */
export class RunView {
  readonly runId: RunId
  readonly #stopListening: readonly (() => void)[]
  #details = $state.raw<RunDetails | null>(null)
  #points = $state.raw<MetricPoints>(noPoints)
  #snapshots = $state.raw<readonly Snapshot[]>([])
  #failure = $state.raw<Failure | null>(null)

  constructor({ service, runId }: { service: ServiceConnection; runId: RunId }) {
    this.runId = runId
    this.#stopListening = [
      service.on('runs.progressed', (progress) => {
        if (progress.runId !== runId) return
        const { step, losses: metrics } = progress
        this.#points = appendPoint(this.#points, { step, metrics, limit: pointLimit })
      }),
      service.on('runs.snapshotTaken', (taken) => {
        if (taken.runId !== runId) return
        const others = this.#snapshots.filter(({ step }) => step < taken.snapshot.step)
        this.#snapshots = [...others, taken.snapshot]
      }),
    ]
    void this.#load(service)
  }

  get details(): RunDetails | null {
    return this.#details
  }
  get points(): MetricPoints {
    return this.#points
  }
  get snapshots(): readonly Snapshot[] {
    return this.#snapshots
  }
  get failure(): Failure | null {
    return this.#failure
  }

  close(): void {
    for (const stop of this.#stopListening) stop()
  }

  async #load(service: ServiceConnection): Promise<void> {
    const { runId } = this
    try {
      const [details, series, snapshots] = await Promise.all([
        service.request('runs.show', { runId }),
        service.request('runs.metrics', { runId }),
        service.request('runs.snapshots', { runId }),
      ])
      this.#details = details
      this.#points = fromSeries(series)
      this.#snapshots = snapshots.toSorted((a, b) => a.step - b.step)
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }
}
