import { fewestImagesToCompare } from '../../../contract/training.ts'
import type { MetricSeries } from '../../../contract/training.ts'
import { findMetric } from './metric-names.ts'

/** How much samples of one class are like its real images, as measured last. */
export interface ClassLikeness {
  /** Null for the mean over all classes. */
  readonly className: string | null
  /** Real images compared with; null where a version before this one recorded it. */
  readonly images: number | null
  /** Share of real images that some sample resembles; 0 to 1. */
  readonly coverage: number | null
  readonly distance: number | null
  /** What two random halves of the real images have as distance. */
  readonly floor: number | null
  /** Of the real images' contrast and fine structure; 1 where alike. */
  readonly contrast: number | null
  readonly sharpness: number | null
  /** Whether coverage and distance still get better. */
  readonly trend: 'early' | 'rising' | 'settled'
  readonly verdict: LikenessVerdict
}

export type LikenessVerdict = 'unmeasured' | 'flat' | 'far' | 'unlike' | 'blurred' | 'alike'

/**
 * What is asked of samples before they are called alike. A network whose images a classifier tells from real ones nine times in ten
 * has reached a coverage of 0.44 and a distance of several floors: that is not alike.
 */
export const likenessLimits = {
  /** At least; below the second one the class is far from real. */
  coverage: 0.5,
  farCoverage: 0.2,
  /** Floors, at most; above the second one the class is far from real. */
  floors: 2,
  farFloors: 4,
  /** Of the real images; below it every sample is next to one plain tone. */
  contrast: 0.3,
  sharpness: 0.3,
} as const

/** The mean over the classes first, where there are several, then every class by name. */
export function judgeLikeness(
  points: MetricSeries,
  { classNames }: { readonly classNames: readonly string[] },
): readonly ClassLikeness[] {
  const classes = classNames.map((className) => judgeOne(points, className))
  if (classNames.length === 1) return classes
  const images = classes.reduce((sum, entry) => sum + (entry.images ?? 0), 0)
  return [{ ...judgeOne(points, null), images: images === 0 ? null : images }, ...classes]
}

function judgeOne({ curves }: MetricSeries, className: string | null): ClassLikeness {
  const known = (name: string): readonly number[] => measured(findMetric(curves, { name, className })?.values ?? [])
  const [coverages, distances, contrasts] = [known('coverage'), known('kid'), known('contrast')]
  const floor = lately(known('kidFloor'))
  const figures = {
    className,
    images: known('images').at(-1) ?? null,
    coverage: lately(coverages),
    distance: lately(distances),
    floor,
    contrast: lately(contrasts),
    sharpness: lately(known('sharpness')),
    trend: trendOf({
      measurements: Math.max(coverages.length, distances.length, contrasts.length),
      courses: [
        { values: coverages, noise: coverageNoise },
        { values: distances.map((distance) => -distance), noise: Math.max(0, floor ?? 0) * floorNoise },
      ],
    }),
  }
  return { ...figures, verdict: verdictOn(figures) }
}

function verdictOn(figures: Omit<ClassLikeness, 'verdict'>): LikenessVerdict {
  const { coverage, distance, floor, contrast, sharpness } = figures
  const floors = floorsOf({ distance, floor })
  if (contrast !== null && contrast < likenessLimits.contrast) return 'flat'
  if (coverage === null && floors === null) return 'unmeasured'
  const isBelow = (limit: number): boolean => coverage !== null && coverage < limit
  const isBeyond = (limit: number): boolean => floors !== null && floors > limit
  if (isBelow(likenessLimits.farCoverage) || isBeyond(likenessLimits.farFloors)) return 'far'
  if (isBelow(likenessLimits.coverage) || isBeyond(likenessLimits.floors)) return 'unlike'
  return sharpness !== null && sharpness < likenessLimits.sharpness ? 'blurred' : 'alike'
}

/** The distance in floors; null where either is not known, or real images cannot be told from themselves at all. */
export const floorsOf = ({ distance, floor }: Pick<ClassLikeness, 'distance' | 'floor'>): number | null =>
  distance === null || floor === null || floor <= 0 ? null : distance / floor

/** Images still missing before a class can be compared; 0 where that is not why nothing was measured. */
export const imagesMissing = ({ images }: Pick<ClassLikeness, 'images'>): number =>
  images === null ? 0 : Math.max(0, fewestImagesToCompare - images)

export const fewestMeasurements = 3
/** What two measurements differ by without a reason; of the floor, for distances. */
const coverageNoise = 0.03
const floorNoise = 0.25
/** Of the best before. */
const leastGain = 0.05

/** @param courses higher is better */
function trendOf({
  measurements,
  courses,
}: {
  readonly measurements: number
  readonly courses: readonly { readonly values: readonly number[]; readonly noise: number }[]
}): ClassLikeness['trend'] {
  if (measurements < fewestMeasurements) return 'early'
  const isRising = courses.some(({ values, noise }) => {
    if (values.length < fewestMeasurements) return false
    const before = Math.max(...values.slice(0, -2))
    return Math.max(...values.slice(-2)) > before + Math.max(noise, leastGain * Math.abs(before))
  })
  return isRising ? 'rising' : 'settled'
}

/** The mean of the last two: one measurement alone jumps. */
const lately = (values: readonly number[]): number | null => {
  const last = values.slice(-2)
  return last.length === 0 ? null : last.reduce((sum, value) => sum + value, 0) / last.length
}

const measured = (values: readonly (number | null)[]): readonly number[] => values.filter((value) => value !== null)
