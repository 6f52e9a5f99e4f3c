import type { Failure } from '../../../contract/errors.ts'
import type { Backup, ProjectSummary, RecentProject } from '../../../contract/project.ts'
import type { RequestInput } from '../../../contract/service.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../app/jobs.svelte.ts'

/** A project that could not be opened, and what it can be restored from. */
export interface DamagedProject {
  readonly folder: string
  readonly backups: readonly Backup[]
}

export class ProjectStore {
  readonly #service: ServiceConnection
  readonly #jobs: Jobs
  readonly #mayLeave: () => Promise<boolean>
  #current = $state.raw<ProjectSummary | null>(null)
  #recent = $state.raw<readonly RecentProject[] | null>(null)
  #failure = $state.raw<Failure | null>(null)
  #damaged = $state.raw<DamagedProject | null>(null)
  #busy = $state.raw(false)

  /** @param mayLeave asks where a run of the open project trains, which every change of the project stops */
  constructor({
    service,
    jobs,
    mayLeave,
  }: {
    service: ServiceConnection
    jobs: Jobs
    mayLeave: () => Promise<boolean>
  }) {
    this.#mayLeave = mayLeave
    this.#service = service
    this.#jobs = jobs
    service.on('projects.opened', (project) => {
      this.#current = project
      this.#failure = null
      this.#damaged = null
      void this.loadRecent()
    })
    service.on('projects.changed', (project) => {
      this.#current = project
    })
    service.on('projects.closed', () => {
      this.#current = null
    })
  }

  get current(): ProjectSummary | null {
    return this.#current
  }
  /** Null until loaded. */
  get recent(): readonly RecentProject[] | null {
    return this.#recent
  }
  get failure(): Failure | null {
    return this.#failure
  }
  get damaged(): DamagedProject | null {
    return this.#damaged
  }
  get busy(): boolean {
    return this.#busy
  }

  async load(): Promise<void> {
    this.#current = await this.#service.request('projects.current', {})
    const notReopened = await this.#service.request('projects.notReopened', {})
    if (notReopened !== null) {
      this.#failure = notReopened.failure
      if (notReopened.failure.code === 'project_corrupt') await this.#findBackups(notReopened.folder)
    }
    await this.loadRecent()
  }

  async loadRecent(): Promise<void> {
    this.#recent = await this.#service.request('projects.recent', {})
  }

  async create(input: RequestInput<'projects.create'>): Promise<boolean> {
    return this.#attempt(() => this.#service.request('projects.create', input))
  }

  async createSample(folder: string): Promise<boolean> {
    return this.#attempt(async () => {
      const outcome = await this.#jobs.start('projects.createSample', { folder })
      if (outcome.ok) return outcome.result
      if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
      return null
    })
  }

  async open(folder: string): Promise<boolean> {
    if (folder === this.#current?.folder) return true
    const opened = await this.#attempt(() => this.#service.request('projects.open', { folder }))
    if (!opened && this.#failure?.code === 'project_corrupt') await this.#findBackups(folder)
    return opened
  }

  async restore(folder: string, file: string): Promise<boolean> {
    return this.#attempt(() => this.#service.request('projects.restore', { folder, file }))
  }

  async close(): Promise<void> {
    await this.#attempt(async () => {
      await this.#service.request('projects.close', {})
      this.#current = null
      return null
    })
  }

  async forget(folder: string): Promise<void> {
    await this.#service.request('projects.forget', { folder })
    await this.loadRecent()
  }

  dismiss(): void {
    this.#failure = null
    this.#damaged = null
  }

  async #findBackups(folder: string): Promise<void> {
    try {
      this.#damaged = { folder, backups: await this.#service.request('projects.backups', { folder }) }
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  async #attempt(task: () => Promise<ProjectSummary | null>): Promise<boolean> {
    if (!(await this.#mayLeave())) return false
    this.dismiss()
    this.#busy = true
    try {
      const project = await task()
      if (project === null) return false
      this.#current = project
      void this.loadRecent()
      return true
    } catch (thrown) {
      this.#failure = failureOf(thrown)
      return false
    } finally {
      this.#busy = false
    }
  }
}
