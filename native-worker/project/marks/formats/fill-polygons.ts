import type { Stretch } from '../../../../contract/mask-runs.ts'
import { joinStretches } from '../../../../contract/mask-runs.ts'
import type { PixelSize } from './parsed-marks.ts'

/**
 * Pixels whose middle lies in any of the rings. Corners must lie in the image or next to it, so that the work is bounded by the edges of
 * the rings times the height of the image.
 * @param rings x, y, x, y … of each ring
 */
export const fillPolygons = (rings: readonly (readonly number[])[], { width, height }: PixelSize): Stretch[] =>
  joinStretches(
    rings.flatMap((ring) =>
      crossings(ring, height).flatMap((xs, y) => {
        xs.sort((a, b) => a - b)
        const inside: Stretch[] = []
        for (let index = 0; index + 1 < xs.length; index += 2) {
          const x = Math.max(0, Math.ceil((xs[index] as number) - 0.5))
          const end = Math.min(width, Math.ceil((xs[index + 1] as number) - 0.5))
          if (x < end) inside.push({ y, x, end })
        }
        return inside
      }),
    ),
  )

/** For each row, where the ring crosses the middle of its pixels. */
function crossings(ring: readonly number[], height: number): number[][] {
  const rows: number[][] = Array.from({ length: height }, () => [])
  const corners = Math.floor(ring.length / 2)
  for (let corner = 0; corner < corners; corner++) {
    const next = (corner + 1) % corners
    const [x0, y0] = [ring[2 * corner] as number, ring[2 * corner + 1] as number]
    const [x1, y1] = [ring[2 * next] as number, ring[2 * next + 1] as number]
    if (y0 === y1) continue
    const from = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5))
    const to = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5))
    for (let y = from; y < to; y++) rows[y]?.push(x0 + ((y + 0.5 - y0) / (y1 - y0)) * (x1 - x0))
  }
  return rows
}
