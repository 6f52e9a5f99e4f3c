import type { DatasetSummary } from '../../../contract/dataset.ts'
import type { ImportSummary } from '../../../contract/dataset-images.ts'
import type { ClassLikeness } from '../../../contract/class-likeness.ts'
import type { ChainHead } from '../../../contract/export.ts'
import type { ProjectSummary } from '../../../contract/project.ts'
import type { RunOrigin } from '../../../contract/run-origin.ts'
import type { GateState } from '../../../contract/scores.ts'
import type { LocalizedText, RunDetails } from '../../../contract/training.ts'
import type { UpliftState } from '../../../contract/uplift.ts'
import type { DecisionCount, OverrideCount } from '../storage/decision-counts.ts'
import type { SourceSizes } from '../storage/source-sizes.ts'

/** Everything that a report says, as plain data: the page is a function of it and of nothing else. */
export interface ReportDocument {
  readonly project: Pick<ProjectSummary, 'name' | 'size' | 'channels' | 'createdAt'>
  /** When the report was drawn up, and by which version of Flawsmith. */
  readonly writtenAt: string
  readonly version: string
  readonly record: ChainHead
  readonly verdict: Pick<UpliftState, 'result' | 'changed' | 'arms' | 'absent' | 'isPossible'>
  readonly dataset: DatasetSummary
  /** In which sizes the images of each class came, by its id. */
  readonly sources: readonly SourceSizes[]
  readonly imports: readonly ImportSummary[]
  /** The oldest first. */
  readonly runs: readonly ReportedRun[]
  readonly gate: GateState
  readonly decisions: readonly DecisionCount[]
  readonly overrides: readonly OverrideCount[]
  readonly strips: readonly AcceptedStrip[]
}

export interface ReportedRun extends Pick<
  RunDetails,
  | 'id'
  | 'recipe'
  | 'classNames'
  | 'status'
  | 'end'
  | 'engine'
  | 'size'
  | 'seed'
  | 'step'
  | 'checkpointStep'
  | 'seconds'
  | 'createdAt'
  | 'learnedFrom'
  | 'datasetSize'
  | 'excludedSince'
  | 'versions'
  | 'parameters'
> {
  readonly title: LocalizedText
  /** False where it composes samples of real images without learning. */
  readonly trains: boolean
  /** SHA-256 of the weights it started from; null for random ones, and where it does not train. */
  readonly base: {
    readonly sha256: string
    /** Null for what comes with Flawsmith. */ readonly origin: RunOrigin | null
  } | null
  /** As measured while it trained: the mean over its classes first, where there are several. */
  readonly likeness: readonly ClassLikeness[]
}

/** Some accepted candidates of a class beside their nearest real images. */
export interface AcceptedStrip {
  readonly className: string
  /** Accepted ones of the class in all. */
  readonly accepted: number
  readonly pairs: readonly {
    readonly runId: number
    /** PNG as base64; null where the file cannot be read. */
    readonly sample: string | null
    /** Null where the sample has not been compared. */
    readonly nearest: {
      readonly imageId: number
      readonly picture: string | null
      readonly distance: number | null
    } | null
  }[]
}
