import type { AppFolders } from '../files/app-folders.ts'
import type { ComputeRuntime } from './children/compute-runtime.ts'
import type { CurrentProject } from './current-project.ts'
import type { Engines } from './children/engines.ts'
import type { DrawingSpeed } from './runs/drawing-speed.ts'
import type { Estimates } from './runs/estimates.ts'
import type { EventHub } from './ports/event-hub.ts'
import type { ImagesClient } from '../../contract/images.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Log } from './log.ts'
import type { PagePrinter } from './printing/page-printer.ts'
import type { Schedule } from './schedule/schedule.ts'
import type { StepBook } from './runs/step-book.ts'
import type { RunHold } from './runs/run-hold.ts'
import type { Training } from './runs/training.ts'
import type { Warnings } from './warnings.ts'

/** What the handlers work with; made once, in service.ts. */
export interface ServiceContext {
  readonly folders: AppFolders
  readonly runtime: ComputeRuntime
  readonly sqliteBinding: string | null
  readonly log: Log
  readonly warnings: Warnings
  readonly events: EventHub
  readonly jobs: Jobs
  readonly project: CurrentProject
  readonly images: ImagesClient
  readonly engines: Engines
  readonly stepBook: StepBook
  readonly training: Training
  readonly hold: RunHold
  readonly estimates: Estimates
  readonly drawingSpeed: DrawingSpeed
  readonly schedule: Schedule
  /** Null where there is nothing to print with. */
  readonly printer: PagePrinter | null
  /** True in the app: the rules are kept, and waiting runs wait again when their project is opened. */
  readonly keepsSchedule: boolean
}
