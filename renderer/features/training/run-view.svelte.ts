import type { Failure } from '../../../contract/errors.ts'
import type { ClassId, RunId } from '../../../contract/ids.ts'
import type {
  CheckpointSummary,
  MetricSeries,
  RealImages,
  Rollback,
  RunDetails,
  RunStatus,
  Snapshot,
} from '../../../contract/training.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import { appendPoint, noPoints } from './metric-points.ts'

const pointLimit = 3000
/** As many as a row of a sheet has samples. */
const realPerClass = 8

/** Everything one run shows: parameters, curves, snapshots and checkpoints. Follows it live until `close`. */
export class RunView {
  readonly runId: RunId
  readonly #service: Pick<ServiceConnection, 'request' | 'on'>
  readonly #stopListening: readonly (() => void)[]
  #details = $state.raw<RunDetails | null>(null)
  #points = $state.raw<MetricSeries>(noPoints)
  #snapshots = $state.raw<readonly Snapshot[]>([])
  #realImages = $state.raw<readonly RealImages[]>([])
  #checkpoints = $state.raw<readonly CheckpointSummary[]>([])
  #failure = $state.raw<Failure | null>(null)
  #status: RunStatus | null = null
  #loads = 0

  constructor({ service, runId }: { service: Pick<ServiceConnection, 'request' | 'on'>; runId: RunId }) {
    this.runId = runId
    this.#service = service
    this.#stopListening = [
      service.on('runs.progressed', (progress) => {
        if (progress.runId !== runId) return
        const { step, metrics } = progress
        this.#points = appendPoint(this.#points, { step, metrics, limit: pointLimit })
      }),
      service.on('runs.snapshotTaken', (taken) => {
        if (taken.runId !== runId) return
        const others = this.#snapshots.filter(({ step }) => step < taken.snapshot.step)
        this.#snapshots = [...others, taken.snapshot]
      }),
      service.on('runs.changed', (run) => {
        if (run.id !== runId) return
        const isSame = run.status === this.#status
        this.#status = run.status
        void (isSame ? this.#loadCheckpoints() : this.#load())
      }),
      service.on('runs.rolledBack', (back) => {
        // What it had recorded after the step it went back to is forgotten.
        if (back.runId === runId) void this.#load()
      }),
    ]
    void this.#load()
    void this.#loadRealImages()
  }

  get details(): RunDetails | null {
    return this.#details
  }
  /** What each row of a snapshot shows. */
  get rowNames(): readonly string[] {
    if (this.#details === null) return []
    return this.#details.className === null ? this.#details.classNames : [this.#details.className]
  }
  get points(): MetricSeries {
    return this.#points
  }
  get drawable(): readonly ClassId[] {
    return this.#details?.drawable ?? []
  }

  /** Those it learns. */
  get classNames(): readonly string[] {
    return this.#details?.classNames ?? []
  }
  /** In order. */
  get rollbacks(): readonly Rollback[] {
    return this.#details?.rollbacks ?? []
  }
  get snapshots(): readonly Snapshot[] {
    return this.#snapshots
  }
  /** Some of each class that it learned from; none where that is not on record any more. */
  get realImages(): readonly RealImages[] {
    return this.#realImages
  }
  /** Newest first. */
  get checkpoints(): readonly CheckpointSummary[] {
    return this.#checkpoints
  }
  /** The checkpoint at a step, with its time only where that is known. */
  checkpointAt(step: number): Pick<CheckpointSummary, 'step' | 'seconds'> {
    return this.#checkpoints.find((checkpoint) => checkpoint.step === step) ?? { step, seconds: null }
  }
  get failure(): Failure | null {
    return this.#failure
  }

  close(): void {
    for (const stop of this.#stopListening) stop()
  }

  async pin({ step, pinned }: Pick<CheckpointSummary, 'step' | 'pinned'>): Promise<void> {
    await this.#attempt(async () => {
      const checkpoints = await this.#service.request('runs.pinCheckpoint', { runId: this.runId, step, pinned })
      this.#checkpoints = newestFirst(checkpoints)
    })
  }

  async #load(): Promise<void> {
    const { runId } = this
    const load = (this.#loads += 1)
    await this.#attempt(async () => {
      const [details, series, snapshots, checkpoints] = await Promise.all([
        this.#service.request('runs.show', { runId }),
        this.#service.request('runs.metrics', { runId }),
        this.#service.request('runs.snapshots', { runId }),
        this.#service.request('runs.checkpoints', { runId }),
      ])
      if (load !== this.#loads) return
      this.#status = details.status
      this.#details = details
      this.#points = series
      this.#snapshots = snapshots.toSorted((a, b) => a.step - b.step)
      this.#checkpoints = newestFirst(checkpoints)
    })
  }

  /** They stay what they are: a run learns from the images it was started with. */
  async #loadRealImages(): Promise<void> {
    try {
      this.#realImages = await this.#service.request('runs.realImages', { runId: this.runId, perClass: realPerClass })
    } catch (thrown) {
      // A list that is gone is told where it matters: when the run shall go on.
      if (failureOf(thrown).code !== 'run_not_resumable') this.#failure = failureOf(thrown)
    }
  }

  async #loadCheckpoints(): Promise<void> {
    await this.#attempt(async () => {
      this.#checkpoints = newestFirst(await this.#service.request('runs.checkpoints', { runId: this.runId }))
    })
  }

  async #attempt(task: () => Promise<void>): Promise<void> {
    try {
      await task()
      this.#failure = null
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }
}

const newestFirst = (checkpoints: readonly CheckpointSummary[]): readonly CheckpointSummary[] =>
  checkpoints.toSorted((a, b) => b.step - a.step)
