/** Standard deviation of normal values from their median absolute deviation, which a few outliers do not move. */
export function robustDeviation(values: ArrayLike<number>): number {
  return 1.4826 * quantile(Float64Array.from(values, Math.abs).sort(), 0.5)
}

export function standardDeviation(values: Float32Array): number {
  let [sum, squares] = [0, 0]
  for (const value of values) {
    sum += value
    squares += value * value
  }
  const mean = sum / Math.max(1, values.length)
  return Math.sqrt(Math.max(0, squares / Math.max(1, values.length) - mean * mean))
}

/** @param sorted ascending @param share 0 to 1 */
export const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? 0
