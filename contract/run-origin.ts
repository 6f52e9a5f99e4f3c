import * as v from 'valibot'
import type { FailureCause } from './errors.ts'
import { RunId, Sha256 } from './ids.ts'
import { Channels, FolderPath, ImageSize } from './project.ts'

/** A run of a project, for another run to start from; the newest that can serve, if none is named. */
export const RunToStartFrom = v.strictObject({ folder: FolderPath, runId: v.exactOptional(RunId) })
export type RunToStartFrom = v.InferOutput<typeof RunToStartFrom>

/** What a run started from, as it was then. Its weights are a file of the new run's; the other project is never read again. */
export const RunOrigin = v.strictObject({
  /** The other project's name. */
  project: v.pipe(v.string(), v.maxLength(400)),
  projectUid: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  run: RunId,
  recipe: v.pipe(v.string(), v.maxLength(40)),
  edition: v.pipe(v.string(), v.maxLength(20)),
  size: ImageSize,
  channels: Channels,
  /** Of the checkpoint that was taken. */
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Of its file, in the other project and here. */
  sha256: Sha256,
})
export type RunOrigin = v.InferOutput<typeof RunOrigin>

/** Why a run cannot serve: the `difference` in the details of `base_differs`, with `found` and `needed` beside it. */
export const baseDifferences = [
  'recipe',
  'edition',
  'size',
  'channels',
  /** `found`: a `RunStatus`. */
  'status',
  'no_checkpoint',
  /** `parameter` is named otherwise than the run has it. */
  'networks',
  /** There is no run that could serve. */
  'no_run',
] as const
export type BaseDifference = (typeof baseDifferences)[number]

/** A run of another project, as it is offered to start from. */
export interface OfferedRun {
  readonly runId: RunId
  readonly recipe: string
  readonly size: number
  readonly classNames: readonly string[]
  readonly step: number
  readonly endedAt: string | null
  /** Why it cannot serve here; null where it can. */
  readonly refusal: FailureCause | null
}

export interface OfferedRuns {
  readonly project: string
  /** Newest first. */
  readonly runs: readonly OfferedRun[]
}
