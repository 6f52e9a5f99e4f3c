import { FlawsmithError } from '../../../contract/errors.ts'
import type { RequestInput } from '../../../contract/service.ts'
import type { RunEstimate, RunForecast, StepMeasurement } from '../../../contract/training.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import type { Project } from '../../project/open-project.ts'
import type { SqliteOptions } from '../../project/storage/connect.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import type { Engines } from '../children/engines.ts'
import type { EventHub } from '../ports/event-hub.ts'
import { forecastRun } from './forecast-run.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Log } from '../log.ts'
import { freeMemory, measureSteps, measureTimeoutSeconds } from './measure-steps.ts'
import { planRun } from './plan-run.ts'
import { findRunToStartFrom, withBase } from './run-to-start-from.ts'
import type { Training } from './training.ts'

type Busy = Extract<RunEstimate, { kind: 'busy' }>['busyWith']

interface EstimateParts {
  readonly runtime: ComputeRuntime
  readonly engines: Engines
  readonly training: Training
  readonly jobs: Jobs
  readonly events: EventHub
  readonly log: Log
  readonly sqlite: SqliteOptions
}

/**
 * What a run would take, from steps measured on this machine. Measurements are remembered as long as the service lives, by everything
 * that decides them. One is made at a time, the newest asked for, and none while something else computes.
 */
export class Estimates {
  readonly #parts: EstimateParts
  readonly #known = new Map<string, StepMeasurement>()
  #current = new AbortController()
  /** Settled when the last measurement has ended. */
  #ended: Promise<unknown> = Promise.resolve()

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
    const { plan, classes } = planned
    const engine = await this.#parts.engines.choose(input.engine)
    if (!findRecipe(plan.recipe).trains) return { kind: 'untrained', engine }
    const { recipe, size, channels } = plan
    // The images of the run are part of its memory.
    const key = JSON.stringify([
      recipe,
      engine,
      size,
      channels,
      classes.length,
      planned.images.length,
      Object.entries(plan.parameters).sort(),
    ])
    const forecast = (measurement: StepMeasurement): RunForecast =>
      forecastRun(measurement, { ...plan, memory: freeMemory() })
    const busy = (busyWith: Busy): RunEstimate => {
      const last = this.#known.get(key)
      return { kind: 'busy', engine, busyWith, last: last === undefined ? null : forecast(last) }
    }

    const before = this.#busyWith()
    if (before !== null) return busy(before)
    const known = this.#known.get(key)
    if (known !== undefined) return { kind: 'measured', ...forecast(known) }
    const measured = await this.#measureAlone(AbortSignal.any([signal, own.signal]), (both) =>
      measureSteps({ planned, engine, runtime: this.#parts.runtime, signal: both }),
    )
    if (measured === null) return { kind: 'slow', engine, seconds: measureTimeoutSeconds }
    const after = this.#busyWith()
    if (after !== null) return busy(after)
    this.#known.set(key, measured)
    this.#parts.log.info({ recipe, size, channels, ...measured }, 'training steps measured')
    return { kind: 'measured', ...forecast(measured) }
  }

  /** Ends a measurement under way. */
  async stop(): Promise<void> {
    this.#current.abort()
    await this.#ended
  }

  /** Begins when the one before, which has been told to, has ended. */
  #measureAlone<Result>(signal: AbortSignal, measure: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const result = this.#ended.then(() => {
      if (signal.aborted) throw new FlawsmithError('cancelled', 'Cancelled: something newer was asked for.')
      return measure(signal)
    })
    this.#ended = result.catch(() => undefined)
    return result
  }

  #busyWith(): Busy | null {
    const run = this.#parts.training.active
    if (run !== null) return { run }
    const job = this.#parts.jobs.active()[0]
    return job === undefined ? null : { job: job.kind }
  }
}
