import { SvelteSet } from 'svelte/reactivity'
import type { Failure } from '../../../../contract/errors.ts'
import type { SampleId } from '../../../../contract/ids.ts'
import type { MapKind, MapPoint, MapState } from '../../../../contract/map.ts'
import { failureOf } from '../../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../../app/jobs.svelte.ts'
import { showSame } from './show-same.ts'

/** The map of train images and candidates, and what is chosen on it. */
export class MapStore {
  readonly #service: Pick<ServiceConnection, 'request' | 'on'>
  readonly #jobs: Jobs
  #state = $state.raw<MapState | null>(null)
  #failure = $state.raw<Failure | null>(null)
  /** Indices of points. */
  #chosen = $state.raw<ReadonlySet<number>>(new Set())
  #loads = 0
  readonly hidden = new SvelteSet<MapKind>()

  constructor({ service, jobs }: { service: Pick<ServiceConnection, 'request' | 'on'>; jobs: Jobs }) {
    this.#service = service
    this.#jobs = jobs
    for (const event of ['dataset.changed', 'samples.changed'] as const)
      service.on(event, () => {
        if (this.#state !== null) void this.load()
      })
  }

  /** Null until it was loaded. */
  get state(): MapState | null {
    return this.#state
  }
  get failure(): Failure | null {
    return this.#failure
  }
  get chosen(): ReadonlySet<number> {
    return this.#chosen
  }
  get chosenCandidates(): readonly SampleId[] {
    return this.candidatesOf([...this.#chosen].flatMap((index) => this.#state?.points[index] ?? []))
  }

  candidatesOf(points: readonly MapPoint[]): readonly SampleId[] {
    return points.flatMap((point) => (point.kind === 'real' ? [] : [point.id]))
  }

  async load(): Promise<void> {
    const load = ++this.#loads
    try {
      const state = await this.#service.request('map.state', {})
      if (load !== this.#loads) return
      const isOther = !showSame(state.points, this.#state?.points ?? [])
      this.#state = state
      // Indices of other points mean nothing.
      if (isOther) this.choose([])
    } catch (thrown) {
      if (load === this.#loads) this.#failure = failureOf(thrown)
    }
  }

  async draw(): Promise<void> {
    this.#failure = null
    const outcome = await this.#jobs.start('map.draw', {})
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    await this.load()
  }

  /** Scores what has none, so that it can be drawn. */
  async score(): Promise<void> {
    this.#failure = null
    const outcome = await this.#jobs.start('scores.compute', {})
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    await this.load()
  }

  /** Points that are shown; hidden ones cannot be chosen. */
  choose(indices: Iterable<number>): void {
    this.#chosen = new Set(indices)
  }

  toggle(kind: MapKind): void {
    if (!this.hidden.delete(kind)) this.hidden.add(kind)
    this.choose([...this.#chosen].filter((index) => this.#state?.points[index]?.kind !== kind))
  }

  dismiss(): void {
    this.#failure = null
  }

  clear(): void {
    this.#loads += 1
    this.#state = null
    this.#failure = null
    this.#chosen = new Set()
    this.hidden.clear()
  }
}
