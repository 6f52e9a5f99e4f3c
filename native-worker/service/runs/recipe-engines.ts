import { FlawsmithError } from '../../../contract/errors.ts'
import type { EngineName, EngineSpeed } from '../../../contract/engines.ts'
import type { StepMeasurement } from '../../../contract/training.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import type { Engines } from '../children/engines.ts'
import type { Log } from '../log.ts'
import type { EventHub } from '../ports/event-hub.ts'
import { measureSteps } from './measure-steps.ts'
import type { PlannedRun } from './plan-run.ts'
import { isMachineQuiet } from './quiet-machine.ts'
import { speedOf, wasBusy, type Measured, type StepBook } from './step-book.ts'

/** So many times slower than the fastest in the probe, an engine is not tried: one recipe never turned that round. */
const hopeless = 4
/** A form asks again with every change: what computed beside the last measurement is taken to be there still. */
const doubtedAfterMs = 60_000

interface Options {
  readonly signal: AbortSignal
  /** Something else computes: nothing is measured, and what is known has to do. */
  readonly isBusy: () => boolean
}

/** Which engine makes the steps of a run fastest, found by making some of them on each correct engine. One is measured at a time. */
export class RecipeEngines {
  readonly #engines: Engines
  readonly #runtime: ComputeRuntime
  readonly #book: StepBook
  readonly #log: Log
  readonly #events: Pick<EventHub, 'emit'>
  readonly #isQuiet: () => Promise<boolean>
  /** Settled when the last measurement has ended. */
  #ended: Promise<unknown> = Promise.resolve()
  /** Of what was asked for since the last stop. */
  #asked = new AbortController()

  constructor({
    engines,
    runtime,
    book,
    log,
    events,
    isQuiet = isMachineQuiet,
  }: {
    readonly engines: Engines
    readonly runtime: ComputeRuntime
    readonly book: StepBook
    readonly log: Log
    readonly events: Pick<EventHub, 'emit'>
    readonly isQuiet?: () => Promise<boolean>
  }) {
    this.#engines = engines
    this.#runtime = runtime
    this.#book = book
    this.#log = log
    this.#events = events
    this.#isQuiet = isQuiet
  }

  /**
   * The engine asked for if it is ready; else the one whose steps of this run are the fastest. While something else computes, what was
   * not measured before is taken from the probe.
   * @throws FlawsmithError `engine_unavailable`, `cancelled`, `out_of_memory`, or what the only engine's child says
   */
  async choose(
    planned: PlannedRun,
    { wanted, ...options }: Options & { readonly wanted: EngineName | undefined },
  ): Promise<EngineName> {
    const byProbe = await this.#engines.choose(wanted)
    if (wanted !== undefined || !findRecipe(planned.plan.recipe).trains) return byProbe
    const candidates = await this.#candidates()
    if (candidates.length < 2) return byProbe
    const wasAsked = await this.#measureAll(planned, candidates, options)
    const known = await this.#book.find(planned)
    const isKnown = wasAsked || candidates.every((engine) => known.has(engine))
    const [fastest] = speedsIn(known, candidates)
    return isKnown && fastest !== undefined && fastest.stepMs !== null ? fastest.engine : byProbe
  }

  /** What is known of the steps of a run by engine, the fastest first. */
  async speeds(planned: PlannedRun): Promise<readonly EngineSpeed[]> {
    const known = await this.#book.find(planned)
    return speedsIn(known, [...known.keys()])
  }

  /** @returns undefined where nothing was measured, null where not one step was over in time */
  async known(planned: PlannedRun, engine: EngineName): Promise<StepMeasurement | null | undefined> {
    const found = (await this.#book.find(planned)).get(engine)
    return found === undefined || found === null ? found : withImages(found, { planned, engine })
  }

  /**
   * What is known, or else is measured now; what was measured beside other programs is measured anew where the machine is quiet by now.
   * @returns null where not one step was over in time
   */
  async measure(
    planned: PlannedRun,
    {
      engine,
      signal: asked,
      place = 1,
      engines = 1,
    }: {
      readonly engine: EngineName
      readonly signal: AbortSignal
      /** Of so many engines in a row, for who watches. */
      readonly place?: number
      readonly engines?: number
    },
  ): Promise<StepMeasurement | null> {
    const signal = AbortSignal.any([asked, this.#asked.signal])
    return this.#alone(signal, async () => {
      const known = await this.known(planned, engine)
      if (known !== undefined && !(await this.#isDoubtful(known))) return known
      const { recipe, size, channels } = planned.plan
      this.#events.emit('engines.timing', { recipe, engine, place, engines })
      const measured = await measureSteps({ planned, engine, runtime: this.#runtime, signal }).finally(() => {
        this.#events.emit('engines.timing', null)
      })
      // Other work only ever adds.
      if (known?.wasBusy === true && wasBusy(measured) && !(measured !== null && measured.stepMs < known.stepMs))
        return known
      await this.#book.note(planned, { engine, measured })
      this.#log.info({ recipe, size, channels, engine, ...measured }, 'training steps measured')
      return measured === null ? null : withImages(measured, { planned, engine })
    })
  }

  /** Ends what is under way and what waits, whoever asked for it; what is asked for afterwards is measured. */
  async stop(): Promise<void> {
    this.#asked.abort()
    this.#asked = new AbortController()
    await this.#ended
  }

  async #isDoubtful(known: StepMeasurement | null): Promise<boolean> {
    if (known?.wasBusy !== true || Date.now() - Date.parse(known.measuredAt) < doubtedAfterMs) return false
    return this.#isQuiet()
  }

  async #candidates(): Promise<readonly EngineName[]> {
    const ready = (await this.#engines.list()).filter(({ state }) => state === 'ready')
    const fastest = Math.min(...ready.map(({ stepMs }) => stepMs ?? Infinity))
    return ready.filter(({ stepMs }) => stepMs !== null && stepMs <= hopeless * fastest).map(({ name }) => name)
  }

  /**
   * An engine that cannot make these steps is left out, unless no other can.
   * @returns false where something else computes, so that not all of them were asked
   */
  async #measureAll(
    planned: PlannedRun,
    candidates: readonly EngineName[],
    { signal: own, isBusy }: Options,
  ): Promise<boolean> {
    // A stop ends the engines to come, too.
    const signal = AbortSignal.any([own, this.#asked.signal])
    const failures: unknown[] = []
    for (const [index, engine] of candidates.entries()) {
      if (isBusy()) return false
      try {
        const place = { place: index + 1, engines: candidates.length }
        await this.measure(planned, { engine, signal, ...place })
      } catch (thrown) {
        if (signal.aborted) throw thrown
        this.#log.warn({ err: thrown, engine }, 'an engine could not be measured')
        failures.push(thrown)
      }
    }
    if (failures.length === candidates.length) throw failures[0]
    return true
  }

  /** Begins when the one before has ended. */
  #alone<Result>(signal: AbortSignal, measure: () => Promise<Result>): Promise<Result> {
    const result = this.#ended.then(() => {
      if (signal.aborted) throw new FlawsmithError('cancelled', 'Measuring was stopped; ask again.')
      return measure()
    })
    this.#ended = result.catch(() => undefined)
    return result
  }
}

const speedsIn = (
  known: ReadonlyMap<EngineName, Measured | null>,
  candidates: readonly EngineName[],
): readonly EngineSpeed[] =>
  candidates
    .flatMap((engine) => {
      const measured = known.get(engine)
      return measured === undefined ? [] : [speedOf(engine, measured)]
    })
    .sort((a, b) => (a.stepMs ?? Infinity) - (b.stepMs ?? Infinity))

const withImages = (
  measured: Measured,
  { planned: { plan, images }, engine }: { readonly planned: PlannedRun; readonly engine: EngineName },
): StepMeasurement => ({
  ...measured,
  engine,
  wasBusy: wasBusy(measured),
  peakMemoryBytes: measured.peakMemoryBytes + images.length * plan.size ** 2 * plan.channels,
})
