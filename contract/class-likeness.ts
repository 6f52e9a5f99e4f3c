import type { CoursePoint } from './measured-course.ts'
import { fewestMeasurements, trendOf } from './measured-course.ts'
import { findMetric } from './metric-names.ts'
import type { MetricSeries } from './training.ts'
import { fewestImagesToCompare } from './training.ts'

/** How much samples of one class are like its real images, as measured last. */
export interface ClassLikeness {
  /** Null for the mean over all classes. */
  readonly className: string | null
  /** Real images compared with; null where a version before this one recorded it. */
  readonly images: number | null
  /** Share of real images that some sample resembles; 0 to 1. */
  readonly coverage: number | null
  /** The same of one half of the real images by the other; null where a version before this one recorded it. */
  readonly coverageFloor: number | null
  readonly distance: number | null
  /** What two random halves of the real images have as distance. */
  readonly floor: number | null
  /** Of the real images' contrast and fine structure; 1 where alike. */
  readonly contrast: number | null
  readonly sharpness: number | null
  /** Whether coverage and distance still get better. */
  readonly trend: 'early' | 'rising' | 'settled'
  /** Where coverage and distance would both be within the limits, if they went on as lately; null where that cannot be said. */
  readonly alikeAtStep: number | null
  readonly verdict: LikenessVerdict
}

export type LikenessVerdict = 'unmeasured' | 'flat' | 'far' | 'unlike' | 'blurred' | 'alike'

/**
 * What is asked of samples before they are called alike. A network whose images a classifier tells from real ones nine times in ten
 * has reached a coverage of 0.44 and a distance of several floors: that is not alike.
 */
export const likenessLimits = {
  /** Of what real images reach among themselves, at least; below the second one the class is far from real. */
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
  return [judgeOne(points, null, images === 0 ? null : images), ...classes]
}

function judgeOne(series: MetricSeries, className: string | null, imagesInAll?: number | null): ClassLikeness {
  const courseOf = (name: string): readonly CoursePoint[] => measuredPoints(series, { name, className })
  const [coverages, distances, contrasts] = [courseOf('coverage'), courseOf('kid'), courseOf('contrast')]
  const floor = lately(courseOf('kidFloor'))
  const figures = {
    className,
    images: imagesInAll === undefined ? (courseOf('images').at(-1)?.value ?? null) : imagesInAll,
    coverage: lately(coverages),
    coverageFloor: lately(courseOf('coverageFloor')),
    distance: lately(distances),
    floor,
    contrast: lately(contrasts),
    sharpness: lately(courseOf('sharpness')),
  }
  const measurements = Math.max(coverages.length, distances.length, contrasts.length)
  const courses = [
    { points: coverages, noise: coverageNoise, wanted: wantedCoverage(figures) },
    { points: distances.map(nearnessTo(floor)), noise: nearnessNoise, wanted: -Math.log(likenessLimits.floors) },
  ].map(({ points, noise, wanted }) => ({ trend: trendOf(points, { noise }), value: lately(points), wanted }))
  return {
    ...figures,
    trend:
      measurements < fewestMeasurements
        ? 'early'
        : courses.some(({ trend }) => trend?.isRising === true)
          ? 'rising'
          : 'settled',
    alikeAtStep: furthest(
      courses
        .filter(({ value, wanted }) => value !== null && value < wanted)
        .map(({ trend, wanted }) => trend?.stepAt(wanted) ?? null),
    ),
    verdict: verdictOn(figures),
  }
}

/** Coverage that is asked for; of a perfect floor where a version before this one recorded none. */
export const wantedCoverage = ({ coverageFloor }: Pick<ClassLikeness, 'coverageFloor'>): number =>
  likenessLimits.coverage * (coverageFloor ?? 1)

function verdictOn(figures: Omit<ClassLikeness, 'verdict' | 'trend' | 'alikeAtStep'>): LikenessVerdict {
  const { coverage, coverageFloor, distance, floor, contrast, sharpness, images } = figures
  const floors = floorsOf({ distance, floor })
  if (contrast !== null && contrast < likenessLimits.contrast) return 'flat'
  if (coverage === null && floors === null) return 'unmeasured'
  const isBelow = (limit: number): boolean => coverage !== null && coverage < limit * (coverageFloor ?? 1)
  const isBeyond = (limit: number): boolean => floors !== null && floors > limit
  if (isBelow(likenessLimits.farCoverage) || isBeyond(likenessLimits.farFloors)) return 'far'
  if (isBelow(likenessLimits.coverage) || isBeyond(likenessLimits.floors)) return 'unlike'
  if (sharpness !== null && sharpness < likenessLimits.sharpness) return 'blurred'
  // Good is said with both figures, what each is held against, and how many images that is from.
  const isComplete = coverage !== null && coverageFloor !== null && floors !== null && images !== null
  return isComplete ? 'alike' : 'unmeasured'
}

/** The distance in floors; null where either is not known, or real images cannot be told from themselves at all. */
export const floorsOf = ({ distance, floor }: Pick<ClassLikeness, 'distance' | 'floor'>): number | null =>
  distance === null || floor === null || floor <= 0 ? null : distance / floor

/** Images still missing before a class can be compared; 0 where that is not why nothing was measured. */
export const imagesMissing = ({ images }: Pick<ClassLikeness, 'images'>): number =>
  images === null ? 0 : Math.max(0, fewestImagesToCompare - images)

/** What two measurements differ by without a reason: in coverage, and as a part of the distance. */
const coverageNoise = 0.03
const nearnessNoise = 0.12
/** Below it a distance is as good as none: it is unbiased, and so may be less than nothing. */
const leastFloors = 0.25

/** Minus the logarithm of the distance in floors: a half as far is the same gain everywhere. Of the distance itself where there is no floor. */
const nearnessTo =
  (floor: number | null) =>
  ({ step, value }: CoursePoint): CoursePoint => ({
    step,
    value: -Math.log(Math.max(leastFloors, value / (floor !== null && floor > 0 ? floor : 1))),
  })

const furthest = (steps: readonly (number | null)[]): number | null =>
  steps.length === 0 || steps.includes(null) ? null : Math.max(...steps.filter((step) => step !== null))

function measuredPoints(
  { steps, curves }: MetricSeries,
  metric: { readonly name: string; readonly className: string | null },
): readonly CoursePoint[] {
  return (findMetric(curves, metric)?.values ?? []).flatMap((value, index) =>
    value === null ? [] : [{ step: steps[index] ?? 0, value }],
  )
}

/** The mean of the last two: one measurement alone jumps. */
function lately(points: readonly CoursePoint[]): number | null {
  const last = points.slice(-2)
  return last.length === 0 ? null : last.reduce((sum, { value }) => sum + value, 0) / last.length
}
