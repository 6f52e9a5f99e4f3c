import * as v from 'valibot'
import type { ClassId } from './ids.ts'
import { Sha256 } from './ids.ts'
import type { ListedImage } from './dataset-images.ts'

const place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000))

/** A picture whose label is to be judged; labels are numbers of the caller's. */
export const LabelledPicture = v.strictObject({
  sha256: Sha256,
  label: place,
  /** Pictures of one group show the same part, and do not vote on each other. */
  group: v.nullable(v.pipe(v.number(), v.integer())),
})

export const JudgedLabels = v.strictObject({
  /** Indices into the pictures; the surest first. */
  suspects: v.pipe(
    v.array(
      v.strictObject({
        image: place,
        likelier: place,
        votes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
        score: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
      }),
    ),
    v.readonly(),
  ),
  outliers: v.pipe(v.array(v.strictObject({ image: place, ratio: v.pipe(v.number(), v.minValue(1)) })), v.readonly()),
  tooSmall: v.pipe(v.array(place), v.readonly()),
  unclear: v.pipe(v.array(place), v.readonly()),
  unread: v.pipe(v.array(place), v.readonly()),
})
export type JudgedLabels = Readonly<v.InferOutput<typeof JudgedLabels>>

/** An image whose neighbours are mostly of another class. */
export interface SuspectImage {
  readonly image: ListedImage
  readonly likelierId: ClassId
  readonly likelier: string
  /** Neighbours of the likelier class, of `neighboursAsked`. */
  readonly votes: number
  /** By how much its neighbours speak more for that class than for its own, 0 to 1. */
  readonly score: number
}

/** Probably wrong labels and images unlike their class, as the looks of the images tell them. */
export interface LabelCheck {
  /** Images that were judged. */
  readonly images: number
  readonly neighboursAsked: number
  readonly fewestOfAClass: number
  /** The surest first; the first thousand of them. */
  readonly suspects: readonly SuspectImage[]
  readonly suspectsFound: number
  /** The farthest first, with their distance to their class against the usual one; the first thousand. */
  readonly outliers: readonly { readonly image: ListedImage; readonly ratio: number }[]
  readonly outliersFound: number
  /** Classes with too few images for a verdict. */
  readonly tooSmall: readonly string[]
  /** Classes that the looks do not tell from the others: no image is said to be one of theirs. */
  readonly unclear: readonly string[]
  /** Images that could not be read. */
  readonly unread: number
}
