import type { Failure } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import type { RecentProject } from '../../../contract/project.ts'
import type { OfferedRuns, RunToStartFrom } from '../../../contract/run-origin.ts'
import type { RecipeId } from '../../../contract/training.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'

/** The project whose run a new one starts from, and what it offers. */
export class OriginChoice {
  readonly #service: Pick<ServiceConnection, 'request'>
  readonly #onchange: (chosen: RunToStartFrom | null) => void
  #projects = $state.raw<readonly RecentProject[]>([])
  #folder = $state.raw<string | null>(null)
  #offered = $state.raw<OfferedRuns | null>(null)
  #runId = $state.raw<RunId | null>(null)
  #failure = $state.raw<Failure | null>(null)

  constructor(service: Pick<ServiceConnection, 'request'>, onchange: (chosen: RunToStartFrom | null) => void) {
    this.#service = service
    this.#onchange = onchange
  }

  /** Projects of this machine that are there. */
  get projects(): readonly RecentProject[] {
    return this.#projects
  }
  get folder(): string | null {
    return this.#folder
  }
  /** Null while the project is being read, and where it cannot be. */
  get offered(): OfferedRuns | null {
    return this.#offered
  }
  get runId(): RunId | null {
    return this.#runId
  }
  get failure(): Failure | null {
    return this.#failure
  }

  async loadProjects(): Promise<void> {
    try {
      this.#projects = (await this.#service.request('projects.recent', {})).filter(({ present }) => present)
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  /** Reads a project and proposes its newest run that can serve. */
  async choose(folder: string | null, recipe: RecipeId): Promise<void> {
    this.#folder = folder
    this.#offered = null
    this.#failure = null
    this.select(null)
    if (folder === null) return
    try {
      const offered = await this.#service.request('runs.offered', { folder, recipe })
      if (this.#folder !== folder) return
      this.#offered = offered
      this.select(offered.runs.find(({ refusal }) => refusal === null)?.runId ?? null)
    } catch (thrown) {
      if (this.#folder === folder) this.#failure = failureOf(thrown)
    }
  }

  select(runId: RunId | null): void {
    this.#runId = runId
    this.#onchange(this.#folder === null || runId === null ? null : { folder: this.#folder, runId })
  }
}
