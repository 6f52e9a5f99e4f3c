import * as v from 'valibot'
import { EngineName } from './engines.ts'
import type { ClassId } from './ids.ts'
import { RecipeId } from './training.ts'
import { UpliftMix } from './uplift-cells.ts'

/*
 * Whether anything synthetic helps on this project's own test images. All scores and differences are in points, 0 to 100; the
 * intervals of all arms hold at once in 95 of 100 cases, those of doses one by one.
 */

/** `quick` makes up for time with a smaller network, fewer seeds and fewer ways; it says so. */
export const UpliftMode = v.picklist(['quick', 'full'])
export type UpliftMode = v.InferOutput<typeof UpliftMode>

/** What a measurement takes at most, where nothing else is asked for. */
export const upliftMinutes: Readonly<Record<UpliftMode, number>> = { quick: 5, full: 45 }
/** Fewer paired seeds prove nothing. */
export const fewestSeeds: Readonly<Record<UpliftMode, number>> = { quick: 5, full: 8 }
/** Where the reference is above this macro-F1 there is little to gain. */
export const nearCeiling = 92

/** `transplant`, `crgan`, …; `transplant-raw` for what did not go through the gate; `painted`; `painted+transplant`. */
export const UpliftArmName = v.pipe(v.string(), v.regex(/^[a-z0-9+-]{1,80}$/))

/** Times what a class lacks to be as large as the largest; 0 is no synthetic image. */
export const UpliftDose = v.pipe(v.number(), v.minValue(0), v.maxValue(10))

export const UpliftWish = v.strictObject({
  mode: UpliftMode,
  /** All that the project has, if left out. */
  arms: v.exactOptional(v.pipe(v.array(UpliftArmName), v.minLength(1), v.maxLength(50))),
  doses: v.exactOptional(v.pipe(v.array(UpliftDose), v.minLength(1), v.maxLength(10))),
  /** Paired repeats. */
  seeds: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50))),
  /** It may take so long; updates are cut where the machine is too slow. 5 or 45 if left out. */
  minutes: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440))),
  /** The fastest correct one if left out. */
  engine: v.exactOptional(EngineName),
})
export type UpliftWish = Readonly<v.InferOutput<typeof UpliftWish>>

const number = v.number()
const name = v.pipe(v.string(), v.maxLength(1000))
const whole = v.pipe(v.number(), v.integer(), v.minValue(0))
const list = <Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.maxLength(10_000), v.readonly())
const classId = v.custom<ClassId>((value) => typeof value === 'number' && Number.isInteger(value) && value > 0)
const confusion = list(list(number))

/** What one comparison says. `notMeasured`: too few repeats. */
export const UpliftFinding = v.picklist(['helps', 'noEvidence', 'hurts', 'notMeasured'])
export type UpliftFinding = v.InferOutput<typeof UpliftFinding>

export const UpliftClassChange = v.strictObject({
  classId,
  name,
  nTest: whole,
  /** Null where the class has no test image. */
  referenceRecall: v.nullable(number),
  recall: v.nullable(number),
  delta: v.nullable(number),
  /** As far as it is possible next to the recall of the reference. */
  low: v.nullable(number),
  high: v.nullable(number),
  /** The interval was wider than everything that is possible. Left out by older versions. */
  tooNoisy: v.exactOptional(v.boolean()),
  /** Of its recall alone. */
  finding: UpliftFinding,
})
export type UpliftClassChange = Readonly<v.InferOutput<typeof UpliftClassChange>>

/** One dose on the images it is chosen by. */
export const UpliftDosePoint = v.strictObject({
  dose: number,
  mix: UpliftMix,
  /** Macro-F1 minus that of the reference, with a bootstrap interval over those images. */
  delta: number,
  low: number,
  high: number,
})
export type UpliftDosePoint = Readonly<v.InferOutput<typeof UpliftDosePoint>>

export const UpliftArm = v.strictObject({
  arm: name,
  /** Null where only painted defects are learned from. */
  source: v.nullable(RecipeId),
  /**
   * Its samples passed the gate, or a person let them through or accepted them; else they are all that nobody rejected. Verdicts of
   * older versions, whose arms have no `-raw` in their names, took accepted samples alone.
   */
  gated: v.boolean(),
  /** The classifier first learns to name defects painted on the project's own images without any. */
  painted: v.boolean(),
  mix: UpliftMix,
  /** What was measured on the test images. */
  dose: number,
  /** Did better than the reference where it was chosen; where nothing does, dose 0 has won, and nothing is recommended. */
  preferred: v.boolean(),
  curve: list(UpliftDosePoint),
  /** Synthetic images used, by class. */
  synthetic: list(whole),
  macroF1: number,
  balancedAccuracy: number,
  delta: number,
  /** As far as it is possible next to the score of the reference. */
  low: number,
  high: number,
  /** The interval was wider than everything that is possible. Left out by older versions. */
  tooNoisy: v.exactOptional(v.boolean()),
  /** The two intervals that have to agree: of the repeats, and of the test images by groups. */
  corrected: v.strictObject({ low: number, high: number }),
  bootstrap: v.strictObject({ low: number, high: number }),
  finding: UpliftFinding,
  /** Where it looks like a loss against the better reference, which learned longer: against that of the same updates. */
  atSameUpdates: v.exactOptional(v.strictObject({ delta: number, low: number, high: number })),
  /** Classes that lose more than two points of recall. */
  losers: list(name),
  /** Share of images without a defect taken for one with; null where no class is known to be free of defects. */
  falseAlarms: v.nullable(number),
  perClass: list(UpliftClassChange),
  /** Mean counts: rows are what images are, columns what they are taken for. */
  confusion,
})
export type UpliftArm = Readonly<v.InferOutput<typeof UpliftArm>>

export const UpliftReference = v.strictObject({
  macroF1: number,
  balancedAccuracy: number,
  /** Standard deviation over the seeds. */
  deviation: number,
  updates: whole,
  /** With the updates of every arm, and with two and a half times as many: the better one counts. */
  macroF1AtOnce: number,
  macroF1Longer: number,
  falseAlarms: v.nullable(number),
  recalls: list(v.nullable(number)),
  confusion,
})
export type UpliftReference = Readonly<v.InferOutput<typeof UpliftReference>>

export const UpliftRecommendation = v.strictObject({
  arm: name,
  source: v.nullable(RecipeId),
  gated: v.boolean(),
  dose: number,
  mix: UpliftMix,
  painted: v.boolean(),
})
export type UpliftRecommendation = Readonly<v.InferOutput<typeof UpliftRecommendation>>

/** Why a way of balancing that the project could have was not measured. */
export const UpliftAbsence = v.strictObject({
  arm: name,
  why: v.picklist([
    'noAcceptedSamples',
    'notGated',
    'ungated',
    'nothingToBalance',
    'noClassFreeOfDefects',
    'tooSmallToPaint',
    'quick',
    'notAsked',
  ]),
})
export type UpliftAbsence = Readonly<v.InferOutput<typeof UpliftAbsence>>

/** SHA-256 of each thing that a verdict is about, so that what is another one later can be named. Names of classes are not among them. */
export const UpliftBasis = v.strictObject({
  /** Of the way of measuring. */
  edition: whole,
  /** Pixels per edge of the project. */
  size: whole,
  /** Which classes, and which of them is free of defects. */
  classes: v.string(),
  /** The images of every class, whatever split they are in. */
  images: v.string(),
  /** Which image is learned from, chosen by, tested on. */
  splits: v.string(),
  /** Which images show the same part. */
  groups: v.string(),
  /** Samples that nobody rejected. */
  candidates: v.string(),
  /** Those of them that passed the gate, were let through or accepted. */
  gated: v.string(),
})
export type UpliftBasis = Readonly<v.InferOutput<typeof UpliftBasis>>

/** What is another one than a verdict was measured on. `method`: the version measures otherwise; `unknown`: no note was kept of each. */
export const UpliftChange = v.picklist([
  'method',
  'size',
  'classes',
  'images',
  'splits',
  'groups',
  'candidates',
  'gated',
  'unknown',
])
export type UpliftChange = v.InferOutput<typeof UpliftChange>

export const UpliftResult = v.strictObject({
  mode: UpliftMode,
  measuredAt: v.string(),
  seconds: number,
  engine: EngineName,
  /** Pixels per edge at which the images were judged. */
  edge: whole,
  seeds: list(whole),
  /** Of every arm; those with painted defects have two and a half times as many, like the longer reference. */
  updates: whole,
  /** What was painted for each seed. Left out by older versions. */
  painting: v.exactOptional(v.strictObject({ families: whole, perFamily: whole })),
  /** False where time ran out before more updates stopped making the reference better. */
  atPlateau: v.boolean(),
  /** SHA-256 over everything that was learned from, chosen by and tested on. */
  inputs: v.string(),
  /** The same, thing by thing. Left out by older versions. */
  basis: v.exactOptional(UpliftBasis),
  classes: list(
    v.strictObject({ classId, name, train: whole, validation: whole, test: whole, isFreeOfDefects: v.boolean() }),
  ),
  /**
   * Compared with the reference on these images, now or before; the intervals hold for so many at once. Left out by older versions,
   * whose intervals hold for one way each.
   */
  ways: v.exactOptional(whole),
  /**
   * The way that did best on the images it is chosen by, before a test image was seen: half of the 5 % that the intervals may miss is
   * its own, the other ways share the rest. Null where none did better than the reference there. Left out by older versions, which
   * shared all alike.
   */
  foremost: v.exactOptional(v.nullable(name)),
  /** Test images in groups of the same part: fewer independent ones than images. */
  nTest: whole,
  nTestGroups: whole,
  reference: UpliftReference,
  arms: list(UpliftArm),
  absent: list(UpliftAbsence),
  verdict: v.strictObject({
    overall: UpliftFinding,
    /** Of the recommended arm; of the best one where none is recommended; empty where none was measured. */
    perClass: list(UpliftClassChange),
    recommended: v.nullable(UpliftRecommendation),
    /** Classes without a test image: nothing can be said of them. */
    unjudged: list(name),
    /** The reference leaves little to gain. */
    nearCeiling: v.boolean(),
  }),
})
export type UpliftResult = Readonly<v.InferOutput<typeof UpliftResult>>

/** What is known of this project so far. */
export interface UpliftState {
  /** The newest verdict. */
  readonly result: UpliftResult | null
  /** What has changed since: with anything here it is no verdict on the project as it is. Empty where there is none. */
  readonly changed: readonly UpliftChange[]
  /** A measurement that was cut off; asked for again it goes on with what it has. */
  readonly unfinished: { readonly wish: UpliftWish; readonly cells: number } | null
  /** Ways of balancing that could be measured now. */
  readonly arms: readonly string[]
  readonly absent: readonly UpliftAbsence[]
  /** Images on each side, by class. */
  readonly classes: UpliftResult['classes']
  /** Why nothing can be measured: too few classes with images on both sides. */
  readonly isPossible: boolean
}

/**
 * How much an export takes where nobody says: what was measured to be best on the project as it is; before that, and where it has changed
 * since, as many as make the classes equal.
 */
export const usualTarget = ({ result, changed }: Pick<UpliftState, 'result' | 'changed'>): 'recommended' | 'max' =>
  result !== null && changed.length === 0 && result.verdict.overall !== 'notMeasured' ? 'recommended' : 'max'
