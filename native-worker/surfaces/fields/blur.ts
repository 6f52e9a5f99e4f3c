import type { Plane } from '../drawing/plane.ts'

/** Gaussian, in place; `deviation` in 64ths of the edge. What lies beyond the edge is as at the edge. */
export function blur({ size, values }: Plane, deviation: number): void {
  const sigma = (deviation * size) / 64
  const reach = Math.ceil(3 * sigma)
  if (reach < 1) return
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-0.5 * ((index - reach) / sigma) ** 2),
  )
  const total = kernel.reduce((sum, weight) => sum + weight, 0)
  const line = new Float64Array(size)
  const blurLine = (start: number, step: number): void => {
    for (let index = 0; index < size; index++) line[index] = values[start + index * step] ?? 0
    for (let index = 0; index < size; index++) {
      let sum = 0
      for (let offset = -reach; offset <= reach; offset++) {
        const place = Math.min(size - 1, Math.max(0, index + offset))
        sum += (line[place] ?? 0) * (kernel[offset + reach] ?? 0)
      }
      values[start + index * step] = sum / total
    }
  }
  for (let row = 0; row < size; row++) blurLine(row * size, 1)
  for (let column = 0; column < size; column++) blurLine(column, size)
}
