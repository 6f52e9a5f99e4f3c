import type { RequestInput } from '../../../contract/service.ts'
import type { RunEstimate, RunForecast, StepMeasurement } from '../../../contract/training.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import type { Project } from '../../project/open-project.ts'
import type { SqliteOptions } from '../../project/storage/connect.ts'
import type { EventHub } from '../ports/event-hub.ts'
import { forecastRun } from './forecast-run.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { freeMemory, measureTimeoutSeconds } from './measure-steps.ts'
import { planRun } from './plan-run.ts'
import { findRunToStartFrom, withBase } from './run-to-start-from.ts'
import type { RecipeEngines } from './recipe-engines.ts'
import type { Training } from './training.ts'

type Busy = Extract<RunEstimate, { kind: 'busy' }>['busyWith']

interface EstimateParts {
  readonly recipeEngines: RecipeEngines
  readonly training: Training
  readonly jobs: Jobs
  readonly events: EventHub
  readonly sqlite: SqliteOptions
}

/**
 * What a run would take, from steps measured on this machine, on the engine that it would train on. One question is answered at a time,
 * the newest, and nothing is measured while something else computes.
 */
export class Estimates {
  readonly #parts: EstimateParts
  #current = new AbortController()

  constructor(parts: EstimateParts) {
    this.#parts = parts
    // A run has the machine for itself from its first step on, however it came to start.
    parts.events.listen(({ name }) => {
      if (name === 'runs.changed' && parts.training.active !== null) this.#current.abort()
    })
  }

  /** @throws FlawsmithError what `runs.start` would say; `cancelled` where something newer came; `out_of_memory` */
  async estimate(
    project: Project,
    input: RequestInput<'runs.estimate'>,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<RunEstimate> {
    this.#current.abort()
    const own = new AbortController()
    this.#current = own
    const found = await findRunToStartFrom(project, { asked: input, sqlite: this.#parts.sqlite })
    const planned = planRun(project, withBase(input, found))
    const { plan } = planned
    const { recipeEngines } = this.#parts
    const both = AbortSignal.any([signal, own.signal])
    const isBusy = (): boolean => this.#busyWith() !== null
    const engine = await recipeEngines.choose(planned, { wanted: input.engine, signal: both, isBusy })
    if (!findRecipe(plan.recipe).trains) return { kind: 'untrained', engine }
    const forecast = async (measurement: StepMeasurement): Promise<RunForecast> => ({
      ...forecastRun(measurement, { ...plan, memory: freeMemory() }),
      engines: await recipeEngines.speeds(planned),
    })
    const busy = async (busyWith: Busy): Promise<RunEstimate> => {
      const last = await recipeEngines.known(planned, engine)
      return { kind: 'busy', engine, busyWith, last: last === null || last === undefined ? null : await forecast(last) }
    }

    const before = this.#busyWith()
    if (before !== null) return busy(before)
    const measured = await recipeEngines.measure(planned, { engine, signal: both })
    if (measured === null) return { kind: 'slow', engine, seconds: measureTimeoutSeconds }
    const after = this.#busyWith()
    if (after !== null) return busy(after)
    return { kind: 'measured', ...(await forecast(measured)) }
  }

  /** Ends a measurement under way; what is asked for afterwards is measured. */
  async stop(): Promise<void> {
    this.#current.abort()
    await this.#parts.recipeEngines.stop()
  }

  #busyWith(): Busy | null {
    const run = this.#parts.training.active
    if (run !== null) return { run }
    const job = this.#parts.jobs.active()[0]
    return job === undefined ? null : { job: job.kind }
  }
}
