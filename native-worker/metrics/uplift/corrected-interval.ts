import jStat from 'jstat'

export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/**
 * The interval of a mean difference over paired repeats that share their images: the corrected resampled t of Nadeau and Bengio
 * (2003). The variance is that of the repeats times 1/J + tested/trained, since repeats that test the same images are no independent ones.
 * @param differences one a repeat, at least two
 * @param tested images a repeat is tested on
 * @param trained images a repeat learns from
 * @param error share of cases that it may miss: 0.05 for a 95 % interval
 */
export function correctedInterval(
  differences: readonly number[],
  { tested, trained, error = 0.05 }: { readonly tested: number; readonly trained: number; readonly error?: number },
): Interval {
  const repeats = differences.length
  if (repeats < 2 || trained <= 0) throw new RangeError(`no interval of ${repeats} repeats and ${trained} images`)
  const mean = differences.reduce((sum, value) => sum + value, 0) / repeats
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (repeats - 1)
  const reach = jStat.studentt.inv(1 - error / 2, repeats - 1) * Math.sqrt((1 / repeats + tested / trained) * variance)
  return { mean, low: mean - reach, high: mean + reach }
}
