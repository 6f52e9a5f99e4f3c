/** How often an interval may miss the truth. */
const error = 0.05

/**
 * What each of several intervals may miss so that all of them hold at once in 95 of 100 cases (Bonferroni; Dunn 1961). The best of many
 * ways is the best by luck, too: at this level it has to stand out among so many. Needs nothing of how the ways depend on each other.
 * @param ways that are compared with the same reference, at least one
 */
export const errorOfEach = (ways: number): number => error / Math.max(1, ways)

/**
 * The same with unequal shares (weighted Bonferroni): one way that was put foremost without a look at the test images has half of the
 * error, the others share the rest. So what did best where it was chosen need not stand out among all that was tried beside it.
 */
export const errorOfWay = (
  { isForemost }: { readonly isForemost: boolean },
  { ways, hasForemost }: { readonly ways: number; readonly hasForemost: boolean },
): number => {
  if (!hasForemost || ways < 2) return errorOfEach(ways)
  return isForemost ? error / 2 : errorOfEach(ways - 1) / 2
}

/** Bootstrap draws, of which some lie beyond each end of an interval: ten where it may miss little. */
export const drawsFor = (missed: number): number => Math.max(2000, Math.ceil((2 * 10) / missed))
