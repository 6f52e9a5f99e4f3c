import type { ClassSummary, DatasetSummary, ImportReport } from '../../../contract/dataset.ts'
import type { Failure } from '../../../contract/errors.ts'
import { isCutOff } from '../../../contract/dataset-images.ts'
import type { ImportSummary } from '../../../contract/dataset-images.ts'
import type { ClassId } from '../../../contract/ids.ts'
import type { RequestInput } from '../../../contract/service.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../app/jobs.svelte.ts'
import { LabelProblems } from './problems/label-problems.svelte.ts'
import type { DatasetEditor } from './editing/dataset-editor.svelte.ts'

export type DatasetTabId = 'images' | 'groups' | 'marks' | 'problems'

/** Classes and counts of the open project, and what the last import brought. */
export class DatasetStore {
  readonly #service: ServiceConnection
  readonly #jobs: Jobs
  readonly editor: DatasetEditor
  readonly problems: LabelProblems
  #summary = $state.raw<DatasetSummary | null>(null)
  #report = $state.raw<ImportReport | null>(null)
  #cutOff = $state.raw<ImportSummary | null>(null)
  #failure = $state.raw<Failure | null>(null)
  #groupDecision = $state.raw<{ readonly batch: number; readonly images: number } | null>(null)
  /** Changes whenever images were added: grids of images start again. */
  #version = $state.raw(0)
  /** Which part of the screen is open; kept while the user looks at other screens. */
  tab = $state.raw<DatasetTabId>('images')

  constructor({ service, jobs, editor }: { service: ServiceConnection; jobs: Jobs; editor: DatasetEditor }) {
    this.#service = service
    this.editor = editor
    this.problems = new LabelProblems(jobs)
    this.#jobs = jobs
    service.on('dataset.changed', (summary) => {
      this.#show(summary)
    })
  }

  /** Null until loaded. */
  get summary(): DatasetSummary | null {
    return this.#summary
  }
  get classes(): readonly ClassSummary[] {
    return this.#summary?.classes ?? []
  }
  get report(): ImportReport | null {
    return this.#report
  }
  /** The newest import of which only a part is in the project. */
  get cutOff(): ImportSummary | null {
    return this.#cutOff
  }
  get failure(): Failure | null {
    return this.#failure
  }
  get version(): number {
    return this.#version
  }

  classById(id: ClassId | null): ClassSummary | null {
    return this.classes.find((entry) => entry.id === id) ?? null
  }

  async load(): Promise<void> {
    try {
      this.#show(await this.#service.request('dataset.summary', {}))
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  async loadReport(): Promise<void> {
    this.#report = await this.#service.request('dataset.lastImport', {})
    await this.loadImports()
  }

  async loadImports(): Promise<void> {
    this.#cutOff = (await this.#service.request('imports.list', {})).find(isCutOff) ?? null
  }

  async importFolder(input: RequestInput<'dataset.import'>): Promise<void> {
    this.#failure = null
    const outcome = await this.#jobs.start('dataset.import', input)
    if (outcome.ok) this.#report = outcome.result
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    await this.load()
    await this.loadImports()
  }

  async drawSplits(input: RequestInput<'dataset.drawSplits'>): Promise<void> {
    await this.#attempt(() => this.#service.request('dataset.drawSplits', input))
  }

  /** What is left out is as in the last search. */
  async findGroups(settings: RequestInput<'groups.find'>): Promise<void> {
    this.#failure = null
    const outcome = await this.#jobs.start('groups.find', settings)
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
  }

  /** What was last decided here about groups, to take it back. */
  get groupDecision(): { readonly batch: number; readonly images: number } | null {
    return this.#groupDecision
  }

  async decideGroups(what: 'join' | 'split', input: RequestInput<'groups.join'>): Promise<void> {
    this.#failure = null
    try {
      const { batch, images } = await this.#service.request(`groups.${what}`, input)
      this.#groupDecision = batch === null ? null : { batch, images }
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  async undoGroupDecision(by: string): Promise<void> {
    const decision = this.#groupDecision
    if (decision === null) return
    this.#failure = null
    try {
      await this.#service.request('changes.undo', { batch: decision.batch, by })
      this.#groupDecision = null
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  async uncrossGroups(): Promise<void> {
    await this.#attempt(() => this.#service.request('groups.uncross', {}))
  }

  dismiss(): void {
    this.#failure = null
  }

  clear(): void {
    this.#summary = null
    this.#report = null
    this.#cutOff = null
    this.#failure = null
    this.#groupDecision = null
    this.tab = 'images'
    this.editor.clear()
    this.problems.clear()
  }

  #show(summary: DatasetSummary): void {
    this.#summary = summary
    this.#version += 1
  }

  async #attempt(change: () => Promise<DatasetSummary>): Promise<void> {
    this.#failure = null
    try {
      this.#summary = await change()
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }
}
