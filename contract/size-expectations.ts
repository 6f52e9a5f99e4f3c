/** What a study has measured of the default recipe at one size of images; shares are 0 to 1. */
export interface SizeExpectation {
  /** Of training, on the two cores of the study. */
  readonly minutes: number
  /** Held-out real images that some sample resembled, mean over classes and seeds: on the set where that was least, and most. */
  readonly coverage: { readonly least: number; readonly most: number }
  /** What real images reach among themselves. */
  readonly coverageOfReal: number
  readonly sets: number
}

/** By pixels an edge; only what stands in docs/studies. It knows the first edition of crgan, two minutes, NEU-cut and X-SDD. */
const measured: ReadonlyMap<number, SizeExpectation> = new Map([
  [64, { minutes: 2, coverage: { least: 0.27, most: 0.44 }, coverageOfReal: 0.96, sets: 2 }],
])

/** Null where nothing was measured at this size. */
export const expectationAt = (size: number): SizeExpectation | null => measured.get(size) ?? null
