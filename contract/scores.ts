import * as v from 'valibot'
import type { ClassId, ImageId, RunId, Sha256 } from './ids.ts'

/*
 * How a candidate compares with the real images of the train split. Images of validation only tell how often such a limit would be wrong
 * about a real image; images of test are never looked at.
 */

/**
 * `imageDistance`: to the nearest real image of its class, both without what is smooth and of one contrast, over mirrorings and small
 * shifts; 0 is the same picture, 1.4 has nothing in common. `domainDistance`, `randomDistance`: the same in the space of features of
 * networks that learned the project's classes, and of a fixed random one; 1 is usual between real images. `classAgreement`: the
 * probability that networks which learned the classes give its own. `grainRatio`, `sharpnessRatio`: its grain, and its differences between
 * neighbouring pixels, as a share of the median of its class.
 */
export const ScoreName = v.picklist([
  'imageDistance',
  'domainDistance',
  'randomDistance',
  'classAgreement',
  'grainRatio',
  'sharpnessRatio',
])
export type ScoreName = v.InferOutput<typeof ScoreName>

/** What samples can be ordered by: a score; `quality`, best first; `doubt`, those that a person should look at first. */
export const SampleOrderName = v.picklist([...ScoreName.options, 'quality', 'doubt'])
export type SampleOrderName = v.InferOutput<typeof SampleOrderName>

/** Why a candidate is quarantined. */
export const GateReason = v.picklist(['copy', 'too_far', 'class_disagrees'])
export type GateReason = v.InferOutput<typeof GateReason>

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(0.5))

/**
 * The share of real images that each limit may be wrong about: limits are quantiles of what real images of different groups say of each
 * other. 0 turns a limit off.
 */
export const GateShares = v.strictObject({ copy: share, tooFar: share, disagreement: share })
export type GateShares = Readonly<v.InferOutput<typeof GateShares>>

export const defaultGateShares: GateShares = { copy: 0.01, tooFar: 0.01, disagreement: 0.05 }

/** Real images below which a quantile of theirs means nothing. */
export const fewestForLimits = 30

export interface NearestReal {
  readonly imageId: ImageId
  readonly sha256: Sha256
}

/** Of one candidate; what is missing was not measured. */
export interface SampleScores {
  readonly values: Readonly<Partial<Record<ScoreName, number>>>
  /** The nearest real image of its class, by the picture itself. */
  readonly nearest: NearestReal | null
  /** The same by what the networks that learned the classes see. */
  readonly nearestByFeatures: NearestReal | null
  /** What those networks call it. */
  readonly namedClass: ClassId | null
}

export type LimitName = 'copyImage' | 'copyDomain' | 'copyRandom' | 'farDomain' | 'farRandom' | 'agreement'

/** A limit, and how many real images it comes from: those of the class, or of all classes together where the class has too few. */
export type GateLimit =
  | { readonly kind: 'limit'; readonly value: number; readonly from: 'class' | 'all'; readonly images: number }
  /** Too few real images in all classes together. */
  | { readonly kind: 'notMeaningful'; readonly images: number; readonly needed: number }
  | { readonly kind: 'off' }

export type GateLimits = Readonly<Record<LimitName, GateLimit>>

/** How often real images that are held out would be flagged. */
export interface HeldOutRate {
  /** `val`: images of the validation split. `folds`: train images, each by limits from the other folds. */
  readonly source: 'val' | 'folds'
  readonly images: number
  readonly flagged: number
  readonly byReason: Readonly<Record<GateReason, number>>
}

export interface ClassGate {
  readonly classId: ClassId
  readonly className: string
  /** Train images with scores. */
  readonly real: number
  readonly limits: GateLimits
  readonly heldOut: HeldOutRate
  /** Candidates that nobody has decided on. */
  readonly open: number
  /** Of these, flagged; of what is flagged, released by a person. */
  readonly flagged: number
  readonly released: number
  readonly byReason: Readonly<Record<GateReason, number>>
}

/** Against which real images scores are, and since when. */
export interface ScoreReference {
  readonly madeAt: string
  readonly train: number
  readonly val: number
  readonly folds: number
  /** Share of train images that the networks which did not see them call by their class; null where there is one class. */
  readonly accuracy: number | null
  /** False where the images of the project are others now: score again. */
  readonly isCurrent: boolean
}

/** How well real and synthetic images of a run can be told apart: area under the curve, 0.5 not at all, 1 always. */
export interface RunDifference {
  readonly runId: RunId
  readonly classId: ClassId
  /** Null where there are too few of either. */
  readonly auc: number | null
  /** What two halves of the real images give: 95 % of the random halves stay below. */
  readonly floor: number | null
  readonly real: number
  readonly synthetic: number
}

export interface GateState {
  readonly shares: GateShares
  readonly reference: ScoreReference | null
  readonly classes: readonly ClassGate[]
  /** Candidates of the project's size with scores against this reference, and without. */
  readonly scored: number
  readonly unscored: number
  readonly differences: readonly RunDifference[]
}

export interface ScoringOutcome {
  /** Candidates that had none. */
  readonly scored: number
  /** Pictures of which features were computed; others were known. */
  readonly featuresComputed: number
  readonly gate: GateState
}
export const FigureName = v.picklist([
  'kid',
  'precision',
  'recall',
  'density',
  'coverage',
  'twoSampleAccuracy',
  'copying',
  'authenticity',
  'diversity',
])
export type FigureName = v.InferOutput<typeof FigureName>

/** A figure about synthetic images of a class, beside what real images give in their place. */
export interface ClassFigure {
  readonly name: FigureName
  /** Null where it was not measured, for too few images. */
  readonly value: number | null
  /** The same with real images in the place of the synthetic ones; null where that was not measured. */
  readonly floor: number | null
  /** Real images: of the train split, or held-out ones where the figure compares with these. */
  readonly real: number
  readonly synthetic: number
  /** Images of the smaller side that it takes. */
  readonly needed: number
}

/** The same of the candidates of a run. */
export interface Figure extends ClassFigure {
  readonly runId: RunId
  readonly classId: ClassId
}

export interface Evaluation extends ScoringOutcome {
  readonly figures: readonly Figure[]
}
