import type { Failure } from '../../../contract/errors.ts'
import type { ClassId, RunId } from '../../../contract/ids.ts'
import type { JobKind } from '../../../contract/jobs.ts'
import type {
  DrawingForecast,
  RejectReason,
  ReopenedDecision,
  ReviewCounts,
  Sample,
} from '../../../contract/samples.ts'
import { isQuarantined } from '../../../contract/samples.ts'
import type { RequestInput } from '../../../contract/service.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../app/jobs.svelte.ts'
import { SvelteSet } from 'svelte/reactivity'
import type { GateFilter, SampleSort, StateFilter } from './review-order.ts'
import { afterDecision, filterSamples } from './review-order.ts'

export type ReviewView = 'single' | 'grid'
export type Decision =
  { readonly action: 'accept'; readonly reason?: never } | { readonly action: 'reject'; readonly reason: RejectReason }

/** What is looked at while the samples are loaded again. */
interface QueuePlace {
  readonly keep: Sample['id'] | undefined
  readonly wasAtEnd: boolean
}

interface Announced {
  readonly kind: 'accept' | 'reject' | 'undo' | 'release'
  readonly sample: Sample
  /** More than one where they were decided together. */
  readonly count: number
}

interface OpenCounts {
  readonly queue: number
  /** Held back by the gate. */
  readonly held: number
}

/** The counts with one sample more, or less. */
const counted = (counts: OpenCounts, { sample, by }: { sample: Sample; by: 1 | -1 }): OpenCounts => {
  if (sample.state !== 'pending') return counts
  return isQuarantined(sample) ? { ...counts, held: counts.held + by } : { ...counts, queue: counts.queue + by }
}

interface Reopening {
  readonly decision: ReopenedDecision
  /** From before this sitting. */
  readonly isOlder: boolean
}

const pageSize = 500

/** After these there are other candidates, or they have scores. */
const bringsSamples: ReadonlySet<JobKind> = new Set<JobKind>([
  'samples.generate',
  'samples.generateBelowTarget',
  'scores.compute',
  'scores.evaluate',
])

/** The inspector's queue. A decision is durable (answered by the service) before the next sample shows. */
export class ReviewStore {
  readonly #service: Pick<ServiceConnection, 'request' | 'on'>
  readonly #jobs: Jobs
  readonly #indexById = new Map<Sample['id'], number>()
  #counts = $state.raw<readonly ReviewCounts[]>([])
  #samples = $state.raw<readonly Sample[]>([])
  #order = $state.raw<readonly number[]>([])
  /** Samples that nobody has decided on: kept as they change, since every key asks for them. */
  #open = $state.raw<OpenCounts>({ queue: 0, held: 0 })
  #position = $state.raw(0)
  #loading = $state.raw(true)
  #failure = $state.raw<Failure | null>(null)
  #deciding = $state.raw(false)
  #classFilter = $state.raw<ClassId | null>(null)
  #runFilter = $state.raw<RunId | null>(null)
  #stateFilter = $state.raw<StateFilter>('pending')
  #gateFilter = $state.raw<GateFilter | null>(null)
  /** Only these, whatever else is asked for; chosen on the map. */
  #chosen = $state.raw<ReadonlySet<Sample['id']> | null>(null)
  #sort = $state.raw<SampleSort>('drawn')
  #view = $state.raw<ReviewView>('single')
  /** Candidates that one decision is about; none where it is about the current one. By id: it stays while the order changes. */
  readonly selection = new SvelteSet<Sample['id']>()
  /** Where a range that shift draws begins. */
  #anchor = 0
  /** What was done last, for the live region. */
  #announced = $state.raw<Announced | null>(null)
  #loads = 0
  /** The last decision when this page first saw the project: what came after it belongs to this sitting. */
  #sittingAfter: number | null = null
  #reopening = $state.raw<Reopening | null>(null)

  constructor({ service, jobs }: { service: Pick<ServiceConnection, 'request' | 'on'>; jobs: Jobs }) {
    this.#service = service
    this.#jobs = jobs
    service.on('samples.changed', (counts) => {
      this.#counts = counts
    })
    service.on('jobs.finished', ({ kind }) => {
      if (bringsSamples.has(kind)) void this.loadSamples()
    })
  }

  get counts(): readonly ReviewCounts[] {
    return this.#counts
  }
  get samples(): readonly Sample[] {
    return this.#samples
  }
  /** Indices of `samples` on screen. */
  get order(): readonly number[] {
    return this.#order
  }
  get position(): number {
    return this.#position
  }
  /** Null at the end, where no picture shows and nothing can be decided. */
  get current(): Sample | null {
    return this.sampleAt(this.#position) ?? null
  }
  /** Every sample of this class and run is decided, and none is looked at any more. */
  get atEnd(): boolean {
    const isQueue = this.#order.length > 0 || this.#stateFilter === 'pending'
    return isQueue && this.#samples.length > 0 && this.current === null && this.pendingInQueue === 0
  }
  get loading(): boolean {
    return this.#loading
  }
  get failure(): Failure | null {
    return this.#failure
  }
  get deciding(): boolean {
    return this.#deciding
  }
  get classFilter(): ClassId | null {
    return this.#classFilter
  }
  get runFilter(): RunId | null {
    return this.#runFilter
  }
  get stateFilter(): StateFilter {
    return this.#stateFilter
  }
  get view(): ReviewView {
    return this.#view
  }
  get announced(): Announced | null {
    return this.#announced
  }
  get gateFilter(): GateFilter | null {
    return this.#gateFilter
  }
  /** How many were chosen on the map; null where nothing was. */
  get chosenCount(): number | null {
    return this.#chosen?.size ?? null
  }
  get sort(): SampleSort {
    return this.#sort
  }
  /** Samples of this class and run that are still to be decided, whatever state is shown: those held back only where they are looked at. */
  get pendingInQueue(): number {
    return this.#stateFilter === 'quarantined' ? this.#open.held : this.#open.queue
  }
  /** What a decision is about, in the order shown. */
  get subjects(): readonly Sample[] {
    if (this.selection.size === 0) return this.current === null ? [] : [this.current]
    return this.#order.flatMap((index) => {
      const sample = this.#samples[index]
      return sample !== undefined && this.selection.has(sample.id) ? [sample] : []
    })
  }

  sampleAt(position: number): Sample | undefined {
    const index = this.#order[position]
    return index === undefined ? undefined : this.#samples[index]
  }

  /** The next samples to fetch ahead, so that the next image is already decoded. */
  upcoming(count: number): readonly Sample[] {
    return Array.from({ length: count }, (_, ahead) => this.sampleAt(this.#position + 1 + ahead)).filter(
      (sample) => sample !== undefined,
    )
  }

  /** The decision that undo would reopen, while the inspector is asked about it. */
  get reopening(): Reopening | null {
    return this.#reopening
  }

  async load(): Promise<void> {
    await Promise.all([this.#beginSitting(), this.loadCounts(), this.loadSamples()])
  }

  async #beginSitting(): Promise<void> {
    if (this.#sittingAfter !== null) return
    await this.#attempt(async () => {
      this.#sittingAfter = await this.#service.request('review.lastDecision', {})
    })
  }

  async loadCounts(): Promise<void> {
    await this.#attempt(async () => {
      this.#counts = await this.#service.request('review.counts', {})
    })
  }

  /** Fetches the whole queue page by page; the first page shows at once. */
  async loadSamples(): Promise<void> {
    const load = (this.#loads += 1)
    const filter = {
      ...(this.#classFilter === null ? {} : { classId: this.#classFilter }),
      ...(this.#runFilter === null ? {} : { runId: this.#runFilter }),
    }
    const place = this.#place()
    this.#loading = true
    await this.#attempt(async () => {
      let samples: readonly Sample[] = []
      for (;;) {
        const page = await this.#service.request('samples.list', { ...filter, offset: samples.length, limit: pageSize })
        if (load !== this.#loads) return
        samples = [...samples, ...page.items]
        const done = samples.length >= page.total || page.items.length === 0
        if (done || samples.length === page.items.length) this.#show(this.#amongChosen(samples), place)
        if (done) return
      }
    })
    if (load === this.#loads) this.#loading = false
  }

  setClass(classId: ClassId | null): void {
    this.#classFilter = classId
    void this.loadSamples()
  }
  setRun(runId: RunId | null): void {
    this.#runFilter = runId
    void this.loadSamples()
  }
  /** Those that were chosen on the map, whatever was decided about them. */
  showChosen(ids: readonly Sample['id'][]): void {
    this.#chosen = new Set(ids)
    this.#classFilter = null
    this.#runFilter = null
    this.#stateFilter = 'all'
    this.#gateFilter = null
    void this.loadSamples()
  }
  forgetChosen(): void {
    this.#chosen = null
    void this.loadSamples()
  }
  #amongChosen(samples: readonly Sample[]): readonly Sample[] {
    const chosen = this.#chosen
    return chosen === null ? samples : samples.filter(({ id }) => chosen.has(id))
  }
  /** What of a run is still to be decided, of every class. */
  showPendingOf(runId: RunId): void {
    this.#chosen = null
    this.#classFilter = null
    this.#runFilter = runId
    this.#stateFilter = 'pending'
    void this.loadSamples()
  }
  /** Whatever is still to be decided, of every class and run. */
  showAllPending(): void {
    this.#chosen = null
    this.#classFilter = null
    this.#runFilter = null
    this.#stateFilter = 'pending'
    this.#gateFilter = null
    void this.loadSamples()
  }
  setState(filter: StateFilter): void {
    this.#stateFilter = filter
    this.#arrange(this.current?.id)
  }
  setGateFilter(filter: GateFilter | null): void {
    this.#gateFilter = filter
    this.#arrange(this.current?.id)
  }
  /** Begins at the first of the new order. */
  setSort(sort: SampleSort): void {
    this.#sort = sort
    this.#arrange(undefined)
  }
  #arrange(keep: Sample['id'] | undefined): void {
    this.selection.clear()
    this.#show(this.#samples, { keep, wasAtEnd: false })
  }

  isSelected(position: number): boolean {
    const sample = this.sampleAt(position)
    return sample !== undefined && this.selection.has(sample.id)
  }
  /** A click, or a move with the keys, with what was held. */
  pick(position: number, { extend, add }: { readonly extend: boolean; readonly add: boolean }): void {
    const anchor = extend ? this.#anchor : position
    if (extend) {
      const from = Math.min(anchor, position)
      this.selectPositions(
        Array.from({ length: Math.abs(anchor - position) + 1 }, (_, step) => from + step),
        { add },
      )
    } else if (add) {
      const id = this.sampleAt(position)?.id
      if (id !== undefined && !this.selection.delete(id)) this.selection.add(id)
    } else this.selection.clear()
    this.#anchor = anchor
    this.moveTo(position)
  }
  selectPositions(positions: readonly number[], { add }: { readonly add: boolean }): void {
    if (!add) this.selection.clear()
    for (const position of positions) {
      const id = this.sampleAt(position)?.id
      if (id !== undefined) this.selection.add(id)
    }
  }
  selectAll(): void {
    this.selectPositions([...this.#order.keys()], { add: false })
  }
  setView(view: ReviewView): void {
    this.#view = view
  }
  moveTo(position: number): void {
    this.#position = Math.max(0, Math.min(position, this.#order.length - 1))
  }
  /** From the last picture on to the end, where everything is decided. */
  leaveLast(): void {
    if (this.pendingInQueue === 0) this.#position = this.#order.length
  }
  dismiss(): void {
    this.#failure = null
  }

  /**
   * One decision on the current sample, or on all that are selected, then on to the next pending one. Ignored while one is being written.
   */
  async decide(decision: Decision, by: string): Promise<void> {
    const { subjects } = this
    const [first] = subjects
    if (first === undefined || this.#deciding) return
    const { length: count } = subjects
    await this.#write(async () => {
      const sampleIds = subjects.map(({ id }) => id)
      const changed = await this.#service.request('review.decide', { sampleIds, ...decision, by })
      this.#apply(changed)
      this.#announced = { kind: decision.action, sample: changed[0] ?? first, count }
      this.selection.clear()
      this.#position = afterDecision(this.#samples, {
        order: this.#order,
        position: this.#position,
        redecided: count === 1 && first.state !== 'pending',
      })
    })
  }

  /** Lets what the gate holds back of the current sample, or of all that are selected, into the queue. */
  async release(by: string): Promise<void> {
    const held = this.subjects.filter(isQuarantined)
    const [first] = held
    if (first === undefined || this.#deciding) return
    await this.#write(async () => {
      this.#apply(await this.#service.request('review.release', { sampleIds: held.map(({ id }) => id), by }))
      this.#announced = { kind: 'release', sample: first, count: held.length }
      this.selection.clear()
    })
  }

  /**
   * Takes back this sitting's last decision of `by`. What is older or may be exported is asked about first: `reopening`
   * then names it, and it is undone once its id is given as `confirmed`.
   */
  async undo(by: string, confirmed?: ReopenedDecision['id']): Promise<void> {
    if (this.#deciding) return
    this.#reopening = null
    await this.#write(async () => {
      const { decision, samples } = await this.#service.request('review.undo', {
        by,
        sittingAfter: this.#sittingAfter ?? 0,
        ...(confirmed === undefined ? {} : { confirmed }),
      })
      if (samples === null) {
        this.#reopening = { decision, isOlder: decision.id <= (this.#sittingAfter ?? 0) }
        return
      }
      this.#apply(samples)
      const [sample] = samples
      if (sample === undefined) return
      this.#announced = { kind: 'undo', sample, count: samples.length }
      this.#reveal(sample)
    })
  }
  keepDecision(): void {
    this.#reopening = null
  }

  /** Of every class below its target; a failure shows where it was asked for. */
  async generateBelowTarget(input: RequestInput<'samples.generateBelowTarget'>): Promise<Failure | null> {
    const outcome = await this.#jobs.start('samples.generateBelowTarget', input)
    return outcome.ok || outcome.failure.code === 'cancelled' ? null : outcome.failure
  }

  async generate(input: RequestInput<'samples.generate'>): Promise<void> {
    const outcome = await this.#jobs.start('samples.generate', input)
    if (outcome.ok) {
      this.#chosen = null
      this.#stateFilter = 'pending'
    }
    await this.load()
    // Loading clears an older failure; this one has only just happened.
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
  }

  /** Scores what has no scores yet. */
  async score(): Promise<void> {
    const outcome = await this.#jobs.start('scores.compute', {})
    await this.load()
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
  }

  /** What candidates of a run cost; null where the service cannot tell now. */
  async forecast(runId: RunId): Promise<DrawingForecast | null> {
    return this.#service.request('samples.forecast', { runId }).catch(() => null)
  }

  clear(): void {
    this.#loads += 1
    this.#counts = []
    this.#samples = []
    this.#open = { queue: 0, held: 0 }
    this.#order = []
    this.#position = 0
    this.#classFilter = null
    this.#runFilter = null
    this.#gateFilter = null
    this.#chosen = null
    this.#sort = 'drawn'
    this.selection.clear()
    this.#failure = null
    this.#announced = null
    this.#sittingAfter = null
    this.#reopening = null
    this.#indexById.clear()
  }

  #show(samples: readonly Sample[], { keep, wasAtEnd }: QueuePlace): void {
    this.#samples = samples
    this.#open = samples.reduce<OpenCounts>((counts, sample) => counted(counts, { sample, by: 1 }), {
      queue: 0,
      held: 0,
    })
    this.#anchor = 0
    this.#indexById.clear()
    samples.forEach((sample, index) => this.#indexById.set(sample.id, index))
    this.#order = filterSamples(samples, this.#stateFilter, { gate: this.#gateFilter, sort: this.#sort })
    const kept = keep === undefined ? -1 : this.#order.indexOf(this.#indexById.get(keep) ?? -1)
    // Loading again must not lead from the end back to a picture that is decided.
    const first = wasAtEnd && this.pendingInQueue === 0 ? this.#order.length : 0
    this.#position = kept < 0 ? first : kept
  }

  #place(): QueuePlace {
    return { keep: this.current?.id, wasAtEnd: this.atEnd }
  }

  #apply(changed: readonly Sample[]): void {
    const samples = [...this.#samples]
    let open = this.#open
    for (const sample of changed) {
      const index = this.#indexById.get(sample.id)
      const before = index === undefined ? undefined : samples[index]
      if (index === undefined || before === undefined) continue
      open = counted(counted(open, { sample: before, by: -1 }), { sample, by: 1 })
      samples[index] = sample
    }
    this.#samples = samples
    this.#open = open
  }

  #reveal(sample: Sample): void {
    const index = this.#indexById.get(sample.id)
    if (index === undefined) return
    let position = this.#order.indexOf(index)
    if (position < 0) {
      this.#order = this.#sort === 'drawn' ? [...this.#order, index].sort((a, b) => a - b) : [...this.#order, index]
      position = this.#order.indexOf(index)
    }
    this.#position = position
  }

  async #write(task: () => Promise<void>): Promise<void> {
    this.#deciding = true
    await this.#attempt(task)
    this.#deciding = false
  }

  async #attempt(task: () => Promise<void>): Promise<void> {
    this.#failure = null
    try {
      await task()
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }
}
