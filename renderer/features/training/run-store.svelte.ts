import type { Failure } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import type { HeldRuns } from '../../../contract/project.ts'
import type { RequestInput } from '../../../contract/service.ts'
import type { RecipeDescription, RunProgress, RunSummary } from '../../../contract/training.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import { nextMove } from './run-state.ts'

/** Runs of the open project, newest first, and the recipes it may use. */
export class RunStore {
  readonly #service: Pick<ServiceConnection, 'request' | 'on'>
  #runs = $state.raw<readonly RunSummary[] | null>(null)
  #recipes = $state.raw<readonly RecipeDescription[] | null>(null)
  #progress = $state.raw<ReadonlyMap<RunId, RunProgress>>(new Map())
  #held = $state.raw<HeldRuns>(noneHeld)
  #selectedId = $state.raw<RunId | null>(null)
  #trainedBefore = $state.raw<RunId | null>(null)
  #failure = $state.raw<Failure | null>(null)
  #busy = $state.raw(false)

  constructor(service: Pick<ServiceConnection, 'request' | 'on'>) {
    this.#service = service
    service.on('runs.changed', (run) => {
      this.#put(run)
    })
    service.on('dataset.changed', () => {
      // How large a network is depends on how many classes there are.
      if (this.#recipes !== null) void this.#loadRecipes()
    })
    service.on('projects.heldRunsChanged', (held) => {
      this.#held = held
    })
    service.on('runs.progressed', (progress) => {
      this.#progress = new Map(this.#progress).set(progress.runId, progress)
    })
  }

  /** Null until loaded. */
  get runs(): readonly RunSummary[] | null {
    return this.#runs
  }
  get recipes(): readonly RecipeDescription[] | null {
    return this.#recipes
  }
  /** Those that waited when the project came to this machine. */
  get held(): HeldRuns {
    return this.#held
  }
  get failure(): Failure | null {
    return this.#failure
  }
  get busy(): boolean {
    return this.#busy
  }
  /** The one that trains, or else the first that waits. */
  get active(): RunSummary | null {
    const runs = this.#runs ?? []
    return runs.find((run) => run.status === 'running') ?? runs.findLast((run) => run.status === 'queued') ?? null
  }
  /** The run that was cut off and that nothing newer has followed: to go on with it comes before a new one. */
  get interrupted(): RunSummary | null {
    const runs = this.#runs ?? []
    if (this.active !== null) return null
    const later = runs.findIndex((run) => run.status !== 'interrupted')
    const cutOff = later < 0 ? runs : runs.slice(0, later)
    return cutOff.find((run) => nextMove(run, { trains: this.trains(run) }) === 'resume') ?? null
  }
  /** The run that trained when the service ended, where it does not go on by itself. */
  get cutOff(): RunSummary | null {
    const run = this.#runs?.find(({ id }) => id === this.#trainedBefore)
    return run?.status === 'interrupted' ? run : null
  }
  /** Null shows the form for a new run. */
  get selected(): RunSummary | null {
    return this.#runs?.find((run) => run.id === this.#selectedId) ?? null
  }
  /** Runs that samples can be drawn from. */
  get drawable(): readonly RunSummary[] {
    return this.#runs?.filter((run) => run.checkpointStep !== null) ?? []
  }

  isHeld(runId: RunId): boolean {
    return this.#held.runs.includes(runId)
  }
  progressOf(runId: RunId): RunProgress | null {
    return this.#progress.get(runId) ?? null
  }
  recipeOf(run: Pick<RunSummary, 'recipe'>): RecipeDescription | null {
    return this.#recipes?.find((recipe) => recipe.id === run.recipe) ?? null
  }

  /** False for a run that composes without learning: it has no steps, no curves and no length. */
  trains(run: Pick<RunSummary, 'recipe'>): boolean {
    return this.recipeOf(run)?.trains !== false
  }

  async load(): Promise<void> {
    const trained = this.#runs?.find(({ status }) => status === 'running')
    await this.#attempt(async () => {
      const [runs, recipes, held] = await Promise.all([
        this.#service.request('runs.list', {}),
        this.#service.request('recipes.list', {}),
        this.#service.request('projects.heldRuns', {}),
      ])
      this.#trainedBefore = trained?.id ?? null
      this.#runs = newestFirst(runs)
      this.#recipes = recipes
      this.#held = held
      this.#selectedId ??= this.active?.id ?? this.interrupted?.id ?? null
    })
  }

  async #loadRecipes(): Promise<void> {
    await this.#attempt(async () => {
      this.#recipes = await this.#service.request('recipes.list', {})
    })
  }

  select(runId: RunId | null): void {
    this.#selectedId = runId
    this.#failure = null
  }

  async start(input: RequestInput<'runs.start'>): Promise<void> {
    await this.#change(() => this.#service.request('runs.start', input))
  }

  async resume(input: RequestInput<'runs.resume'>): Promise<void> {
    await this.#change(() => this.#service.request('runs.resume', input))
  }

  /** For a run that waits for the schedule. */
  async trainNow(input: RequestInput<'runs.trainNow'>): Promise<void> {
    await this.#attempt(async () => {
      await this.#service.request('runs.trainNow', input)
    })
  }

  async decideHeld(start: boolean): Promise<void> {
    this.#busy = true
    await this.#attempt(async () => {
      this.#held = await this.#service.request('projects.decideHeldRuns', { start })
    })
    this.#busy = false
  }

  async stop(runId: RunId): Promise<void> {
    await this.#attempt(async () => {
      await this.#service.request('runs.stop', { runId })
    })
  }

  async annotate(runId: RunId, note: string): Promise<void> {
    await this.#attempt(async () => {
      this.#put(await this.#service.request('runs.annotate', { runId, note }))
    })
  }

  clear(): void {
    this.#runs = null
    this.#held = noneHeld
    this.#progress = new Map()
    this.#selectedId = null
    this.#failure = null
  }

  async #change(task: () => Promise<RunSummary>): Promise<void> {
    this.#busy = true
    await this.#attempt(async () => {
      const run = await task()
      this.#put(run)
      this.#selectedId = run.id
    })
    this.#busy = false
  }

  #put(run: RunSummary): void {
    this.#runs = newestFirst([...(this.#runs ?? []).filter(({ id }) => id !== run.id), run])
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

const noneHeld: HeldRuns = { runs: [], decided: true }

const newestFirst = (runs: readonly RunSummary[]): readonly RunSummary[] => runs.toSorted((a, b) => b.id - a.id)
