/** The value below which `share` (0 … 1) of the values lie, interpolated between neighbours in order. */
export function quantile(values: Float32Array, share: number): number {
  const sorted = values.slice().sort()
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}

export const median = (values: Float32Array): number => quantile(values, 0.5)

/** Median of the absolute deviations from the median. */
export function medianDeviation(values: Float32Array): number {
  const middle = median(values)
  return median(values.map((value) => Math.abs(value - middle)))
}
