import * as v from 'valibot'
import type { Failure } from './errors.ts'
import type { RunId } from './ids.ts'

/** Edge lengths a project may have, in pixels: every image is stored as size × size. */
export const ImageSize = v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(512), v.multipleOf(4))
export const Channels = v.picklist([1, 3])
export type Channels = v.InferOutput<typeof Channels>

export const FolderPath = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))

/** Why nothing can be written to a project; `asked`: it was opened so, to be checked. */
export type ReadOnlyReason = 'disk_full' | 'folder_not_writable' | 'asked'

export interface ProjectSummary {
  readonly folder: string
  readonly name: string
  /** Pixels per edge. */
  readonly size: number
  readonly channels: Channels
  readonly createdAt: string
  readonly classCount: number
  readonly imageCount: number
  readonly isSample: boolean
  /** Where not null, it can be looked at and exported elsewhere; every change is refused with `project_read_only`. */
  readonly readOnly: ReadOnlyReason | null
}

export interface RecentProject {
  readonly folder: string
  readonly name: string
  readonly openedAt: string
  /** False where the folder is gone or its drive is not connected. */
  readonly present: boolean
}

export interface Backup {
  readonly file: string
  readonly takenAt: string
  readonly sizeBytes: number
}

/** The project of the last sitting, which could not be opened again. */
export interface NotReopened {
  readonly folder: string
  readonly failure: Failure
}

/** Runs that waited in a project when this machine first opened it: they start when the user lets them. */
export interface HeldRuns {
  readonly runs: readonly RunId[]
  /** The user has been asked and has left them. */
  readonly decided: boolean
}
