import type { MarkShape } from './marks.ts'
import type { Stretch } from './mask-runs.ts'
import { joinStretches, pixelsInRuns, stretchesOfRuns } from './mask-runs.ts'

/** The pixels of a mark as stretches of rows of the source. */
export function stretchesOf(shape: MarkShape): Stretch[] {
  const { x, y, width, height } = shape
  if (shape.kind === 'rectangle') return Array.from({ length: height }, (_, row) => ({ y: y + row, x, end: x + width }))
  return stretchesOfRuns(shape.runs, width).map((stretch) => ({
    y: y + stretch.y,
    x: x + stretch.x,
    end: x + stretch.end,
  }))
}

/** A mask in the smallest rectangle around it; null where there is no pixel. */
export function maskOf(stretches: readonly Stretch[]): Extract<MarkShape, { kind: 'mask' }> | null {
  const joined = joinStretches(stretches)
  const [first] = joined
  const last = joined.at(-1)
  if (first === undefined || last === undefined) return null
  let x = first.x
  let end = first.end
  for (const stretch of joined) {
    x = Math.min(x, stretch.x)
    end = Math.max(end, stretch.end)
  }
  const width = end - x
  const runs: number[] = []
  // Where the runs so far end.
  let at = 0
  for (const stretch of joined) {
    const from = (stretch.y - first.y) * width + stretch.x - x
    const length = stretch.end - stretch.x
    if (from === at && runs.length > 0) runs[runs.length - 1] = (runs.at(-1) ?? 0) + length
    else runs.push(from - at, length)
    at = from + length
  }
  return { kind: 'mask', x, y: first.y, width, height: last.y - first.y + 1, runs }
}

export const pixelsOf = (shape: MarkShape): number =>
  shape.kind === 'rectangle' ? shape.width * shape.height : pixelsInRuns(shape.runs)

/** What is wrong with a mark on an image of that size; null where nothing is. */
export function problemOf(
  shape: MarkShape,
  { width, height }: { readonly width: number; readonly height: number },
): 'outside' | 'empty' | 'covers_image' | 'runs' | null {
  if (shape.x < 0 || shape.y < 0 || shape.x + shape.width > width || shape.y + shape.height > height) return 'outside'
  if (shape.kind === 'mask') {
    const { runs } = shape
    if (runs.length % 2 !== 0 || runs.some((length, index) => index > 0 && length === 0)) return 'runs'
    if (runs.reduce((sum, length) => sum + length, 0) > shape.width * shape.height) return 'runs'
  }
  const pixels = pixelsOf(shape)
  if (pixels <= 0) return 'empty'
  return pixels >= width * height ? 'covers_image' : null
}
