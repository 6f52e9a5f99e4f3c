import * as v from 'valibot'
import { EngineName } from './engines.ts'
import { Sha256 } from './ids.ts'
import { Channels, ImageSize } from './project.ts'

/*
 * What a measurement of usefulness asks of a trainer child: classifiers of one shape, each of which learns from some images for some
 * updates and says what it takes the held-out ones for. One such training is a cell.
 */

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000))
const mostClasses = 1000
const counts = v.pipe(v.array(count), v.maxLength(mostClasses), v.readonly())

/** Images packed into one file, uint8 [count, size, size, channels], class by class. */
export const PackedImages = v.strictObject({
  file: v.pipe(v.string(), v.minLength(1)),
  sha256: Sha256,
  /** Images of every class. */
  counts,
})
export type PackedImages = Readonly<v.InferOutput<typeof PackedImages>>

/** How synthetic images join the real ones: all the time, or only in the first part of the updates. */
export const UpliftMix = v.picklist(['mixed', 'first'])
export type UpliftMix = v.InferOutput<typeof UpliftMix>

export const UpliftCell = v.strictObject({
  /** Names everything that decides its outcome. */
  key: Sha256,
  /** Index of the task's sources; null for real images alone. */
  source: v.nullable(count),
  /** Synthetic images of every class: the first so many of the source's. */
  synthetic: counts,
  mix: UpliftMix,
  /** First learns to name defects painted on the images without any; these updates are part of `updates`. */
  painted: v.boolean(),
  updates: v.pipe(count, v.minValue(1)),
  seed: count,
  /** The images it is tested on. What was held out of the train images is learned from only where the test split is judged. */
  judge: v.picklist(['validation', 'test']),
})
export type UpliftCell = Readonly<v.InferOutput<typeof UpliftCell>>

/** How every classifier of a measurement learns: Adam, a rate that climbs for a fifth of the updates and falls along a cosine. */
export const upliftTraining = {
  batch: 24,
  highestRate: 4e-3,
  /** Of what has learned from painted defects. */
  fineTuningRate: 2e-3,
  /** The reference is trained for so many times the updates as well, and the better one counts; whoever learns to name painted defects first has as many. */
  longer: 2.5,
  /** Share of these that go to the painted defects: what is left for the project's own images is as much as without. */
  paintedPart: 0.6,
} as const

/** How many updates the longer reference has, where the shorter one has so many. */
export const longerUpdates = (updates: number): number => Math.round(updates * upliftTraining.longer)

/** How many of its updates a cell that begins with painted defects spends on these. */
export const paintedUpdates = (updates: number): number => Math.round(updates * upliftTraining.paintedPart)

/** How large the networks are and how much is painted. */
export const UpliftScale = v.strictObject({
  /** Pixels per edge at which images are judged; larger ones are made smaller. */
  edge: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(256)),
  widths: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(2), v.maxLength(8), v.readonly()),
  /** Kinds of painted defects have so many families each, and a family so many pictures. */
  families: v.pipe(count, v.minValue(1)),
  perFamily: v.pipe(count, v.minValue(1)),
})
export type UpliftScale = Readonly<v.InferOutput<typeof UpliftScale>>

export const UpliftTask = v.strictObject({
  kind: v.literal('uplift'),
  engine: EngineName,
  size: ImageSize,
  channels: Channels,
  scale: UpliftScale,
  train: PackedImages,
  /** Null where some of the train images are held out instead. */
  validation: v.nullable(PackedImages),
  /** Indices of train images to choose by. */
  heldOut: v.pipe(v.array(count), v.maxLength(10_000_000), v.readonly()),
  test: PackedImages,
  sources: v.pipe(v.array(PackedImages), v.maxLength(100), v.readonly()),
  /** The class whose images show no defect, for painting; null where there is none. */
  freeOfDefects: v.nullable(count),
  cells: v.pipe(v.array(UpliftCell), v.maxLength(10_000), v.readonly()),
})
export type UpliftTask = Readonly<v.InferOutput<typeof UpliftTask>>

export const UpliftCellResult = v.strictObject({
  key: Sha256,
  /** Class index of every judged image, in order. */
  predicted: v.pipe(v.array(count), v.maxLength(10_000_000), v.readonly()),
  seconds: v.pipe(v.number(), v.minValue(0)),
})
export type UpliftCellResult = Readonly<v.InferOutput<typeof UpliftCellResult>>
