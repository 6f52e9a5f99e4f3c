import { median } from '../../metrics/order-statistics.ts'

/** Standard deviation of normal values from their median absolute deviation, which a few outliers do not move. */
export function robustDeviation(values: ArrayLike<number>): number {
  return 1.4826 * median(Float32Array.from(values, Math.abs))
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
