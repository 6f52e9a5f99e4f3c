import type { Failure } from '../../../contract/errors.ts'
import type {
  ExportPlan,
  ExportRecord,
  ExportOutcome,
  ExportPictures,
  ExportTarget,
  KeptHead,
  VerifyReport,
} from '../../../contract/export.ts'
import { usualTarget } from '../../../contract/uplift.ts'
import type { RequestInput } from '../../../contract/service.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../app/jobs.svelte.ts'

/** What an export would write, what was exported, and the last check of the files. */
export class ExportStore {
  /** The folder that exports are put into; null until one was chosen. */
  parent = $state.raw<string | null>(null)
  readonly #service: Pick<ServiceConnection, 'request' | 'on'>
  readonly #jobs: Jobs
  /** Null until somebody chooses: then it is what was measured to be best. */
  #target = $state.raw<ExportTarget | null>(null)
  #pictures = $state.raw<ExportPictures>('project')
  /** Whether the verdict says that pretraining helps, and whether its set is exported. */
  #canPretrain = $state.raw(false)
  #pretraining = $state.raw(true)
  #plan = $state.raw<ExportPlan | null>(null)
  #records = $state.raw<readonly ExportRecord[]>([])
  #latest = $state.raw<ExportOutcome | null>(null)
  #report = $state.raw<VerifyReport | null>(null)
  #kept = $state.raw<KeptHead | null>(null)
  #failure = $state.raw<Failure | null>(null)
  #usual = $state.raw<'recommended' | 'max'>('max')
  #plans = 0

  constructor({ service, jobs }: { service: Pick<ServiceConnection, 'request' | 'on'>; jobs: Jobs }) {
    this.#service = service
    this.#jobs = jobs
    for (const event of ['samples.changed', 'dataset.changed', 'uplift.changed'] as const)
      service.on(event, () => {
        if (this.#plan !== null) void this.#reload()
      })
  }

  get target(): ExportTarget {
    return this.#target ?? this.#usual
  }
  get pictures(): ExportPictures {
    return this.#pictures
  }
  get plan(): ExportPlan | null {
    return this.#plan
  }
  get records(): readonly ExportRecord[] {
    return this.#records
  }
  /** The export just written on this screen. */
  get latest(): ExportOutcome | null {
    return this.#latest
  }
  /** What the report was held against. */
  get kept(): KeptHead | null {
    return this.#kept
  }
  get report(): VerifyReport | null {
    return this.#report
  }
  get failure(): Failure | null {
    return this.#failure
  }
  /** Whether there is a verdict on the project as it is. */
  get canFollow(): boolean {
    return this.#usual === 'recommended'
  }
  get canPretrain(): boolean {
    return this.#canPretrain
  }
  get pretraining(): boolean {
    return this.#canPretrain && this.#pretraining
  }
  setPretraining(wanted: boolean): void {
    this.#pretraining = wanted
    void this.loadPlan()
  }
  setTarget(target: ExportTarget): void {
    // What is recommended is so only as long as the verdict is about the project as it is.
    this.#target = target === 'recommended' ? null : target
    void this.loadPlan()
  }
  setPictures(pictures: ExportPictures): void {
    this.#pictures = pictures
    this.#failure = null
    void this.loadPlan()
  }
  dismissFailure(): void {
    this.#failure = null
  }
  dismissLatest(): void {
    this.#latest = null
  }
  dismissReport(): void {
    this.#report = null
  }

  async load(): Promise<void> {
    await Promise.all([this.#reload(), this.#loadRecords()])
  }

  async #reload(): Promise<void> {
    await this.#attempt(async () => {
      const state = await this.#service.request('uplift.state', {})
      this.#usual = usualTarget(state)
      this.#canPretrain = this.canFollow && state.result?.verdict.recommended?.painted === true
    })
    await this.loadPlan()
  }

  async loadPlan(): Promise<void> {
    const turn = (this.#plans += 1)
    await this.#attempt(async () => {
      const plan = await this.#service.request('exports.plan', this.#choices())
      if (turn === this.#plans) this.#plan = plan
    })
  }

  async run(folder: string): Promise<boolean> {
    this.#failure = null
    this.#latest = null
    const outcome = await this.#jobs.start('exports.run', { folder, ...this.#choices() })
    if (outcome.ok) {
      this.#latest = outcome.result
      await this.#loadRecords()
    } else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    return outcome.ok
  }

  /** The open project, or an export by its folder; against an end of the record that was kept, where there is one. */
  async verify(what: Pick<RequestInput<'verify.run'>, 'folder' | 'kept'> = {}): Promise<void> {
    this.#failure = null
    this.#report = null
    const outcome = await this.#jobs.start('verify.run', what)
    this.#kept = what.kept ?? null
    if (outcome.ok) this.#report = outcome.result
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
  }

  clear(): void {
    this.#target = null
    this.#usual = 'max'
    this.#canPretrain = false
    this.#pretraining = true
    this.#plan = null
    this.#records = []
    this.#latest = null
    this.#report = null
    this.#failure = null
  }

  #choices(): RequestInput<'exports.plan'> {
    return {
      layout: 'imagefolder',
      target: this.target,
      pictures: this.#pictures,
      ...(this.pretraining ? { pretraining: true } : {}),
    }
  }

  async #loadRecords(): Promise<void> {
    await this.#attempt(async () => {
      const records = await this.#service.request('exports.list', {})
      this.#records = records.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    })
  }

  async #attempt(task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }
}
