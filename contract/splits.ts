import * as v from 'valibot'

/** What an image is for: to learn from, to choose by, or to judge by once everything is chosen. */
export const Split = v.picklist(['train', 'val', 'test'])
export type Split = v.InferOutput<typeof Split>

/** Shares of the real images that go to validation and test where no split is given; the rest trains. */
export const SplitShares = v.pipe(
  v.strictObject({
    val: v.pipe(v.number(), v.minValue(0), v.maxValue(0.5)),
    test: v.pipe(v.number(), v.minValue(0), v.maxValue(0.5)),
  }),
  v.check(({ val, test }) => val + test <= 0.8, 'validation and test together may take at most 80 % of the images'),
)
export type SplitShares = v.InferOutput<typeof SplitShares>

export type SplitCounts = Readonly<Record<Split, number>>

/** How the images of a project are divided, and whether that still may change. */
export interface SplitState {
  readonly shares: SplitShares
  readonly seed: number
  /** When something first learned from the train split: from then on no image changes sides. Null before. */
  readonly lockedAt: string | null
  /** The run that locked it; null before, and where its project was made before splits were fixed. */
  readonly lockedByRun: number | null
  /** Images whose split came with them. */
  readonly given: number
  /** Images that no split holds yet: where the splits are locked, an image gets its side for good once it was compared with the others. */
  readonly undivided: number
}
