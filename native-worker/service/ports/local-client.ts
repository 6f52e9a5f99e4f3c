import type { EngineTiming } from '../../../contract/engines.ts'
import { fromFailure } from '../../../contract/errors.ts'
import type { JobId } from '../../../contract/ids.ts'
import type { JobKind, JobResults } from '../../../contract/jobs.ts'
import type { RequestInput, RequestOutput, Verb } from '../../../contract/service.ts'
import type { RunProgress, RunSummary } from '../../../contract/training.ts'
import { describeJob } from './describe-job.ts'
import type { AnyEvent } from './event-hub.ts'
import type { Service } from '../service.ts'

/** Told what must not be missed: why a run does not train. */
export type OnNote = (line: string) => void

/** Told about work under way; called often, so it makes its line only when it shows one. */
export type OnProgress = (line: () => string) => void

/** The service used in its own process: typed requests, long tasks and runs awaited to their end. */
export class LocalClient {
  readonly service: Service
  readonly #onProgress: OnProgress
  readonly #onNote: OnNote
  readonly #signal: AbortSignal

  /** @param signal cancels the task at hand; a run stops with a last checkpoint. */
  constructor({
    service,
    signal,
    onProgress,
    onNote = () => undefined,
  }: {
    service: Service
    signal: AbortSignal
    onProgress: OnProgress
    onNote?: OnNote
  }) {
    this.#onNote = onNote
    this.service = service
    this.#signal = signal
    this.#onProgress = onProgress
    service.events.listen(({ name, payload }) => {
      if (name === 'engines.timing' && payload !== null) onProgress(() => describeTiming(payload))
    })
  }

  request<V extends Verb>(verb: V, input: RequestInput<V>): Promise<RequestOutput<V>> {
    return this.service.request({ verb, input, signal: this.#signal }) as Promise<RequestOutput<V>>
  }

  /** Starts a long task and waits for its result. @throws FlawsmithError the task's failure. */
  async perform<Kind extends JobKind & Verb>(kind: Kind, input: RequestInput<Kind>): Promise<JobResults[Kind]> {
    let jobId: JobId | null = null
    const finished = this.#waitFor((event) => {
      if (event.name === 'jobs.progressed' && event.payload.jobId === jobId) {
        const progress = event.payload
        this.#onProgress(() => describeJob(progress))
      }
      return event.name === 'jobs.finished' && event.payload.jobId === jobId ? event.payload : null
    })
    const started = (await this.request(kind, input)) as { readonly jobId: JobId }
    jobId = started.jobId
    const cancel = (): void => void this.request('jobs.cancel', { jobId: started.jobId })
    this.#signal.addEventListener('abort', cancel)
    const { outcome } = await finished
    this.#signal.removeEventListener('abort', cancel)
    if (!outcome.ok) throw fromFailure(outcome.failure)
    return outcome.result as JobResults[Kind]
  }

  /** Waits until a run has ended, however it ends; says so when the schedule holds it up. */
  async waitForRun(run: RunSummary): Promise<RunSummary> {
    let waitsFor: RunSummary['waitsFor'] = null
    const noteWait = (changed: RunSummary): void => {
      if (changed.waitsFor !== waitsFor && changed.waitsFor !== null) void this.#tellWait(changed)
      waitsFor = changed.waitsFor
    }
    const ended = this.#waitFor((event) => {
      if (event.name === 'runs.changed' && event.payload.id === run.id) noteWait(event.payload)
      if (event.name === 'runs.progressed' && event.payload.runId === run.id) {
        const progress = event.payload
        this.#onProgress(() => describeProgress(progress))
      }
      return event.name === 'runs.changed' && event.payload.id === run.id && !isUnderWay(event.payload)
        ? event.payload
        : null
    })
    const stop = (): void => void this.request('runs.stop', { runId: run.id })
    this.#signal.addEventListener('abort', stop)
    const now = await this.request('runs.show', { runId: run.id })
    noteWait(now)
    const last = isUnderWay(now) ? await ended : now
    this.#signal.removeEventListener('abort', stop)
    return last
  }

  async #tellWait({ id, waitsFor, checkpointStep }: RunSummary): Promise<void> {
    const { schedule, nextEdge } = await this.request('schedule.get', {})
    const { from, to } = schedule.hours
    const until = nextEdge === null ? from : new Date(nextEdge).toLocaleString('sv-SE').slice(0, 16)
    const why =
      waitsFor === 'mains'
        ? 'until mains power is back: this machine runs on battery'
        : `until ${until}: it trains between ${from} and ${to} only`
    const then = checkpointStep === null ? '' : ' It goes on from its last checkpoint.'
    this.#onNote(`Run ${id} waits ${why}.${then} Ctrl-C stops it.`)
  }

  #waitFor<Found>(find: (event: AnyEvent) => Found | null): Promise<Found> {
    return new Promise((resolve) => {
      const stop = this.service.events.listen((event) => {
        const found = find(event)
        if (found === null) return
        stop()
        resolve(found)
      })
    })
  }
}

const isUnderWay = ({ status }: RunSummary): boolean => status === 'running' || status === 'queued'

const describeTiming = ({ recipe, engine, place, engines }: EngineTiming): string =>
  `timing some steps of ${recipe} on ${engine}${engines === 1 ? '' : ` (engine ${place} of ${engines})`}`

function describeProgress({ step, stepsPerSecond, metrics, secondsLeft }: RunProgress): string {
  const shown = metrics
    .filter(({ className }) => className === null)
    .map(({ name, value }) => `${name} ${value.toFixed(3)}`)
  const left = secondsLeft === null ? '' : ` · ${Math.round(secondsLeft)} s left`
  return `step ${step} · ${stepsPerSecond.toFixed(2)} steps/s · ${shown.join(' ')}${left}`
}
