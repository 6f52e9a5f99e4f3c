/** How often an interval may miss the truth. */
const error = 0.05

/**
 * What each of several intervals may miss so that all of them hold at once in 95 of 100 cases (Bonferroni; Dunn 1961). The best of many
 * ways is the best by luck, too: at this level it has to stand out among so many. Needs nothing of how the ways depend on each other.
 * @param ways that are compared with the same reference, at least one
 */
export const errorOfEach = (ways: number): number => error / Math.max(1, ways)

/** Bootstrap draws, of which some lie beyond each end of such an interval: ten where there are many ways. */
export const drawsFor = (ways: number): number => Math.max(2000, Math.ceil((2 * 10) / errorOfEach(ways)))
