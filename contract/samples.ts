import * as v from 'valibot'
import type { ClassId, RunId, SampleId, Sha256 } from './ids.ts'
import type { GateReason, SampleScores } from './scores.ts'

export const SampleState = v.picklist(['pending', 'accepted', 'rejected'])
export type SampleState = v.InferOutput<typeof SampleState>

/**
 * What can be asked for: those decided on, those that wait for a decision, and those of the undecided that the gate holds back; these
 * are not among the pending ones until a person releases them.
 */
export const SampleQueue = v.picklist([...SampleState.options, 'quarantined'])
export type SampleQueue = v.InferOutput<typeof SampleQueue>

/** Why an inspector rejects a sample. */
export const RejectReason = v.picklist([
  'unspecified',
  'defect_absent',
  'wrong_class',
  'artefact',
  'copy',
  'background_broken',
])
export type RejectReason = v.InferOutput<typeof RejectReason>

export const ReviewAction = v.picklist(['accept', 'reject'])
export type ReviewAction = v.InferOutput<typeof ReviewAction>

export const InspectorName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))

export interface Sample {
  readonly id: SampleId
  readonly runId: RunId
  readonly classId: ClassId
  readonly sha256: Sha256
  /** The latent's seed: checkpoint + class + seed re-make the same bytes on the same engine. */
  readonly seed: number
  readonly state: SampleState
  readonly reason: RejectReason | null
  /** Why the gate holds it back, or would if a person had not released it; nothing where nothing speaks against it or it has no scores. */
  readonly gate: readonly GateReason[]
  readonly isReleased: boolean
  /** Null until it has been scored. */
  readonly scores: SampleScores | null
  /** To order by, 0 to 1: see `rateCandidate`. */
  readonly quality: number | null
  readonly doubt: number | null
}

/** Undecided and held back: not in the queue unless asked for. */
export const isQuarantined = ({ state, gate, isReleased }: Pick<Sample, 'state' | 'gate' | 'isReleased'>): boolean =>
  state === 'pending' && gate.length > 0 && !isReleased

export interface ReviewCounts {
  readonly classId: ClassId
  readonly className: string
  /** Real images of the class that train. */
  readonly real: number
  readonly pending: number
  /** Undecided, held back by the gate. */
  readonly quarantined: number
  readonly accepted: number
  readonly rejected: number
  /** Images a class trains on when it is as large as the largest class. */
  readonly target: number
}

/** What many candidates would cost before they are drawn. */
export interface DrawingForecast {
  /** Per candidate, as the project's own images of this size; null where it has none. */
  readonly bytesPerImage: number | null
  /** Per candidate, as this run last drew here; null where it has not yet. */
  readonly secondsPerImage: number | null
}

/** The decision that an undo took back, or would reopen. One call may have decided several samples. */
export interface ReopenedDecision {
  /** Id of its first record; named again to confirm. */
  readonly id: number
  readonly action: ReviewAction
  readonly reason: RejectReason | null
  readonly by: string
  readonly decidedAt: string
  readonly sampleIds: readonly SampleId[]
  /** Exports written since an acceptance, newest first: its samples may be in them, and stay in them. */
  readonly exportsSince: readonly { readonly folder: string; readonly createdAt: string }[]
}

/** `samples` is null where nothing was undone, because it is older than the sitting or may be in an export. */
export interface UndoOutcome {
  readonly decision: ReopenedDecision
  readonly samples: readonly Sample[] | null
}

/** One thing that a person did with a candidate. */
export interface CandidateEvent {
  readonly action: ReviewAction | 'undo' | 'release'
  readonly reason: RejectReason | null
  readonly by: string
  readonly at: string
  /** Where the gate had held it back: why. */
  readonly overruled: readonly GateReason[]
}
