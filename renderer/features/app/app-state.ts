import type { ShellBridge, ShellOutput } from '../../../contract/shell.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import { t } from '../../i18n/translate.svelte.ts'
import { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import { DatasetStore } from '../dataset/dataset-store.svelte.ts'
import { FrameStore } from '../frames/frame-store.svelte.ts'
import { DatasetEditor } from '../dataset/editing/dataset-editor.svelte.ts'
import { ExportStore } from '../export/export-store.svelte.ts'
import { MarkStore } from '../marks/mark-store.svelte.ts'
import { ProjectStore } from '../projects/project-store.svelte.ts'
import { MapStore } from '../evaluate/map/map-store.svelte.ts'
import { UpliftStore } from '../evaluate/uplift-store.svelte.ts'
import { ReviewStore } from '../review/review-store.svelte.ts'
import { EngineStore } from '../settings/engine-store.svelte.ts'
import { RunStore } from '../training/run-store.svelte.ts'
import { ScheduleStore } from '../training/schedule-store.svelte.ts'
import type { JobFinished } from '../../../contract/jobs.ts'
import { announceJob } from './announce-job.ts'
import { Jobs } from './jobs.svelte.ts'
import { LeaveQuestion } from './leave-question.svelte.ts'
import { Preferences } from './preferences.svelte.ts'
import { Router } from './router.svelte.ts'
import type { ToastAction } from './toasts.svelte.ts'
import { Toasts } from './toasts.svelte.ts'
import { WarningStore } from './warning-store.svelte.ts'

/** Everything the screens share, wired once. */
export class AppState {
  readonly shell: ShellBridge
  readonly preferences: Preferences
  readonly router = new Router()
  readonly toasts = new Toasts()
  readonly service: ServiceConnection
  readonly warnings: WarningStore
  readonly jobs: Jobs
  readonly leave: LeaveQuestion
  readonly project: ProjectStore
  readonly dataset: DatasetStore
  readonly marks: MarkStore
  readonly frames: FrameStore
  readonly runs: RunStore
  readonly schedule: ScheduleStore
  readonly review: ReviewStore
  readonly uplift: UpliftStore
  readonly map: MapStore
  readonly exports: ExportStore
  readonly engines: EngineStore
  readonly about: Promise<ShellOutput<'shell.describe'>>

  constructor(shell: ShellBridge) {
    this.shell = shell
    this.preferences = new Preferences(shell)
    this.about = shell.invoke('shell.describe', {})
    this.service = new ServiceConnection(shell, {
      onReady: () => {
        void this.#loadAll()
      },
    })
    const { service } = this
    this.warnings = new WarningStore(service)
    this.jobs = new Jobs(service)
    const { jobs } = this
    this.leave = new LeaveQuestion({ activeRun: () => this.runs.active })
    this.project = new ProjectStore({ service, jobs, mayLeave: () => this.leave.ask('project') })
    const editor = new DatasetEditor({ service, preferences: this.preferences, toasts: this.toasts })
    this.dataset = new DatasetStore({ service, jobs, editor })
    this.marks = new MarkStore({ service, jobs })
    this.frames = new FrameStore({ service, jobs })
    this.runs = new RunStore(service)
    this.schedule = new ScheduleStore(service)
    this.review = new ReviewStore({ service, jobs })
    this.uplift = new UpliftStore({ service, jobs })
    this.map = new MapStore({ service, jobs })
    this.exports = new ExportStore({ service, jobs })
    this.engines = new EngineStore({ service, jobs })

    service.on('projects.opened', () => {
      this.#clearProject()
      void this.#loadProject()
      this.router.advance({ from: 'start', to: 'dataset' })
    })
    service.on('projects.closed', () => {
      this.#clearProject()
      this.router.go('start')
    })
    shell.onCloseAsked(() => {
      void this.#closeWindow()
    })
    service.on('jobs.finished', (finished) => {
      const { toasts, router } = this
      announceJob(finished, { toasts, step: router.step, action: this.#reviewOf(finished) })
    })
  }

  async start(): Promise<void> {
    const connecting = this.service.connect()
    const { locale } = await this.about
    this.preferences.proposeLanguage(locale)
    await connecting
  }

  async #loadAll(): Promise<void> {
    try {
      await Promise.all([
        this.project.load(),
        this.jobs.reload(),
        this.engines.load(),
        this.schedule.load(),
        this.warnings.load(),
      ])
      if (this.project.current === null) return
      await this.#loadProject()
      // Opened again at this start; a page that is loaded once more is where it was.
      if (!this.router.hasMoved) this.router.go('dataset')
    } catch (thrown) {
      // The service ended again meanwhile: its banner says so, and everything is loaded anew when it is back.
      if (failureOf(thrown).code !== 'service_unavailable') this.toasts.show('bad', failureOf(thrown).message)
    }
  }

  showFolder(folder: string): Promise<void> {
    return this.#show('shell.showFolder', folder)
  }

  openReport(folder: string): Promise<void> {
    return this.#show('shell.openReport', folder)
  }

  async #show(verb: 'shell.showFolder' | 'shell.openReport', folder: string): Promise<void> {
    try {
      await this.shell.invoke(verb, { folder })
    } catch {
      this.toasts.show(
        'bad',
        t(verb === 'shell.showFolder' ? 'header.cannotShow' : 'export.cannotOpenReport', { folder }),
      )
    }
  }

  /** Candidates of all classes lead to the review: at once from the screen where they were asked for, else by a button. */
  #reviewOf({ kind, outcome }: JobFinished): ToastAction | null {
    if (kind !== 'samples.generateBelowTarget' || !outcome.ok) return null
    const { runId } = outcome.result
    const show = (): void => {
      this.review.showPendingOf(runId)
      this.router.go('review')
    }
    if (this.router.step === 'review') return null
    if (this.router.step !== 'train') return { label: t('review.showThem'), run: show }
    show()
    return null
  }

  async #closeWindow(): Promise<void> {
    if (await this.leave.ask('window')) await this.shell.invoke('shell.closeWindow', {})
  }

  async #loadProject(): Promise<void> {
    await Promise.all([this.dataset.load(), this.runs.load(), this.review.load()])
  }

  #clearProject(): void {
    this.dataset.clear()
    this.marks.clear()
    this.frames.clear()
    this.runs.clear()
    this.review.clear()
    this.uplift.clear()
    this.map.clear()
    this.exports.clear()
  }
}
