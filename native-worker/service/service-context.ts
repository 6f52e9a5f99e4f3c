import type { AppFolders } from '../files/app-folders.ts'
import type { ComputeRuntime } from './compute-runtime.ts'
import type { CurrentProject } from './current-project.ts'
import type { Engines } from './engines.ts'
import type { Estimates } from './estimates.ts'
import type { EventHub } from './event-hub.ts'
import type { ImagesClient } from './images-client.ts'
import type { Jobs } from './jobs.ts'
import type { Log } from './log.ts'
import type { Schedule } from './schedule.ts'
import type { Training } from './training.ts'

/** What the handlers work with; made once, in service.ts. */
export interface ServiceContext {
  readonly folders: AppFolders
  readonly runtime: ComputeRuntime
  readonly sqliteBinding: string | null
  readonly log: Log
  readonly events: EventHub
  readonly jobs: Jobs
  readonly project: CurrentProject
  readonly images: ImagesClient
  readonly engines: Engines
  readonly training: Training
  readonly estimates: Estimates
  readonly schedule: Schedule
  /** True in the app: the rules are kept, and waiting runs wait again when their project is opened. */
  readonly keepsSchedule: boolean
}
