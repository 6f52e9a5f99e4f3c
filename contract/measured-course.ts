/** One measurement of a quantity of which more is better. */
export interface CoursePoint {
  readonly step: number
  readonly value: number
}

/** How a quantity goes lately: a straight line over the logarithm of the steps, since every gain takes more of them than the one before. */
export interface CourseTrend {
  readonly isRising: boolean
  /** Where the line reaches a value; null where it does not rise. */
  stepAt(value: number): number | null
}

export const fewestMeasurements = 3
const fewestInWindow = 4
/** Deviations of the line's own gain that noise does not reach; more where few measurements tell how large the noise is. */
const beyondNoise = (count: number): number => 2 * (1 + 1 / Math.max(1, count - 2))

/**
 * The trend of the newer half of the measurements. It rises where its gain is more than both `noise` and what measurements that
 * scatter about the line as these do gain by chance.
 * @param points by step, none of them at 0
 * @param noise what two measurements differ by without a reason
 * @returns null below three measurements
 */
export function trendOf(points: readonly CoursePoint[], { noise }: { readonly noise: number }): CourseTrend | null {
  if (points.length < fewestMeasurements) return null
  const recent = points
    .slice(-Math.max(fewestInWindow, Math.ceil(points.length / 2)))
    .map(({ step, value }) => ({ x: Math.log(Math.max(1, step)), y: value }))
  const slope = middle(
    recent.flatMap((left, index) =>
      recent
        .slice(index + 1)
        .filter(({ x }) => x > left.x)
        .map((right) => (right.y - left.y) / (right.x - left.x)),
    ),
  )
  const start = middle(recent.map(({ x, y }) => y - slope * x))
  const gain = slope * ((recent.at(-1)?.x ?? 0) - (recent[0]?.x ?? 0))
  const isRising =
    gain > Math.max(noise, beyondNoise(recent.length) * gainByChance(recent.map(({ x, y }) => y - slope * x - start)))
  return { isRising, stepAt: (value) => (isRising ? Math.exp((value - start) / slope) : null) }
}

/** Standard deviation of the gain of a line through `residuals.length` evenly spaced values that scatter like these. */
function gainByChance(residuals: readonly number[]): number {
  const count = residuals.length
  const variance = residuals.reduce((sum, residual) => sum + residual ** 2, 0) / Math.max(1, count - 2)
  return Math.sqrt((variance * 12 * (count - 1)) / (count * (count + 1)))
}

/** Median; 0 of nothing. */
function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2
}
