import type { RandomStream } from './random-stream.ts'

/** Normal deviates at the middles of 65,536 slices of equal probability, from −4.3 to 4.3. */
let table: Float32Array | null = null

/**
 * Standard normal values, two of each word of the stream: a tenth of the time of Box and Muller's, for maps of noise, where 65,536
 * different values are as good as all.
 */
export function drawNoise(random: RandomStream, values: Float32Array): void {
  table ??= Float32Array.from({ length: 65_536 }, (_, slice) => normalQuantile((slice + 0.5) / 65_536))
  for (let index = 0; index < values.length; index += 2) {
    const word = random.word()
    // A store beyond an odd end is ignored.
    values[index] = table[word & 0xffff] ?? 0
    values[index + 1] = table[word >>> 16] ?? 0
  }
}

/** Acklam's rational approximation of the inverse normal distribution, relative error below 1.2e-9. */
function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability)
  if (probability > 0.02425) {
    const centred = probability - 0.5
    const square = centred * centred
    const above = horner(
      square,
      [
        -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
        2.506628277459239,
      ],
    )
    const below = horner(
      square,
      [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1],
    )
    return (centred * above) / below
  }
  const root = Math.sqrt(-2 * Math.log(probability))
  const above = horner(
    root,
    [
      -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
      2.938163982698783,
    ],
  )
  const below = horner(root, [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1])
  return above / below
}

const horner = (at: number, coefficients: readonly number[]): number =>
  coefficients.reduce((total, coefficient) => total * at + coefficient, 0)
