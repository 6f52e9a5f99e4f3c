import type { Failure } from '../../../contract/errors.ts'
import type { RequestInput } from '../../../contract/service.ts'
import type { RunEstimate } from '../../../contract/training.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'

export type EstimateInput = RequestInput<'runs.estimate'>

export type EstimateState =
  /** The form is not complete. */
  | { readonly kind: 'none' }
  | { readonly kind: 'measuring' }
  | { readonly kind: 'known'; readonly estimate: RunEstimate }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** A field typed in: asked once the user pauses. */
const pauseMs = 500

/** What the run in the form would take: asked when the form changes, the question before it withdrawn. */
export class RunEstimator {
  readonly #service: Pick<ServiceConnection, 'request'>
  #state = $state.raw<EstimateState>({ kind: 'none' })
  #wanted: EstimateInput | null = null
  #shown: EstimateInput | null = null
  #asked: { readonly input: EstimateInput; readonly abort: AbortController } | null = null
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(service: Pick<ServiceConnection, 'request'>) {
    this.#service = service
  }

  get state(): EstimateState {
    return this.#state
  }

  /** Null where there is nothing to ask. */
  ask(input: EstimateInput | null): void {
    this.#wanted = input
    clearTimeout(this.#pause)
    if (input === null) {
      this.#withdraw()
      this.#state = { kind: 'none' }
      return
    }
    // Old figures stay only where the new ones come from the same steps, at once.
    if (!this.#isShown(input)) this.#state = { kind: 'measuring' }
    this.#pause = setTimeout(() => void this.#send(input), pauseMs)
  }

  close(): void {
    clearTimeout(this.#pause)
    this.#wanted = null
    this.#withdraw()
  }

  #isShown(input: EstimateInput): boolean {
    const isMeasured = this.#state.kind === 'known' && this.#state.estimate.kind === 'measured'
    return isMeasured && this.#shown !== null && needsSameSteps(this.#shown, input)
  }

  async #send(input: EstimateInput): Promise<void> {
    // What is being measured is what this one needs, too: it is asked for when that is known.
    if (this.#asked !== null && needsSameSteps(this.#asked.input, input)) return
    this.#withdraw()
    const asked = { input, abort: new AbortController() }
    this.#asked = asked
    let state: EstimateState
    try {
      state = { kind: 'known', estimate: await this.#service.request('runs.estimate', input, asked.abort.signal) }
    } catch (thrown) {
      state = { kind: 'failed', failure: failureOf(thrown) }
    }
    if (this.#asked !== asked) return
    this.#asked = null
    const wanted = this.#wanted
    if (wanted === null) return
    if (wanted !== input && needsSameSteps(wanted, input)) {
      await this.#send(wanted)
      return
    }
    if (wanted !== input) return
    this.#state = state
    this.#shown = input
  }

  #withdraw(): void {
    const asked = this.#asked
    this.#asked = null
    asked?.abort.abort()
  }
}

/** How long a run is does not change what its steps take. */
function needsSameSteps(one: EstimateInput, other: EstimateInput): boolean {
  const stepsOf = ({ recipe, classId, engine, parameters = {}, startFrom }: EstimateInput): string =>
    JSON.stringify([recipe, classId, engine, startFrom, Object.entries(parameters).sort()])
  return stepsOf(one) === stepsOf(other)
}
