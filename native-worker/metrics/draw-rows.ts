import type { RandomStream } from '../random/random-stream.ts'

/** `count` different row numbers below `rows`, in random order (Fisher–Yates). */
export function drawRows(random: RandomStream, { rows, count }: { rows: number; count: number }): readonly number[] {
  const order = Array.from({ length: rows }, (_, row) => row)
  for (let place = 0; place < Math.min(count, rows); place++) {
    const other = place + random.integer(rows - place)
    const moved = order[place] as number
    order[place] = order[other] as number
    order[other] = moved
  }
  return order.slice(0, count)
}
