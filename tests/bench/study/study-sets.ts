/** Which classes of a data set, how many images of each to learn from, and how many to keep back. */
export interface StudySetPlan {
  readonly name: 'X-SDD' | 'NEU-cut'
  readonly option: 'xsdd' | 'neu'
  /** Null takes every class folder there is. */
  readonly classes: readonly string[] | null
  /** Images to learn from, of `available` ones; the rest, at most `mostHeldOut`, is held out. */
  readonly trainingImages: (className: string, available: number) => number
  readonly mostHeldOut: number
}

const neuCounts: Readonly<Record<string, number>> = {
  patches: 200,
  inclusion: 80,
  scratches: 40,
  pitted_surface: 20,
}

export const studySets: readonly StudySetPlan[] = [
  {
    name: 'NEU-cut',
    option: 'neu',
    classes: Object.keys(neuCounts),
    trainingImages: (className) => neuCounts[className] ?? 0,
    mostHeldOut: 80,
  },
  {
    name: 'X-SDD',
    option: 'xsdd',
    classes: null,
    trainingImages: (_, available) => Math.round(0.7 * available),
    mostHeldOut: Number.POSITIVE_INFINITY,
  },
]
