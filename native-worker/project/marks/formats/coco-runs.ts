import type { Stretch } from '../../../../contract/mask-runs.ts'
import { runsOfPixels, stretchesOfRuns } from '../../../../contract/mask-runs.ts'
import type { PixelSize } from './parsed-marks.ts'
import { MarkRefused } from './parsed-marks.ts'

const mostRuns = 2_000_000

/**
 * The pixels of COCO's run lengths, which go down the columns. The counts must be those of the very image, so that a short text cannot
 * unfold to more pixels than it has. Throws `MarkRefused`.
 * @param counts numbers, or the letters that pycocotools makes of them
 */
export function stretchesOfCounts(counts: readonly number[] | string, { width, height }: PixelSize): Stretch[] {
  const runs = typeof counts === 'string' ? decodeCounts(counts) : counts
  if (runs.some((length) => !Number.isInteger(length) || length < 0) || runs.length > mostRuns)
    throw new MarkRefused('runs', `${runs.length} run lengths, of which some are none`)
  const total = runs.reduce((sum, length) => sum + length, 0)
  if (total !== width * height)
    throw new MarkRefused('runs', `run lengths of ${total} pixels for an image of ${width} × ${height}`)
  // Read as rows, columns are the rows of the picture laid on its side.
  const down = stretchesOfRuns(runs, height)
  const left = Math.min(...ends(down, ({ y }) => y))
  const right = Math.max(...ends(down, ({ y }) => y)) + 1
  if (down.length === 0) return []
  const across = right - left
  const pixels = new Uint8Array(across * height)
  for (const { y: column, x: from, end } of down)
    for (let row = from; row < end; row++) pixels[row * across + column - left] = 1
  return stretchesOfRuns(runsOfPixels(pixels), across).map(({ y, x, end }) => ({ y, x: x + left, end: end + left }))
}

/** First and last are enough: stretches are in order. */
const ends = (stretches: readonly Stretch[], value: (stretch: Stretch) => number): number[] =>
  [stretches[0], stretches.at(-1)].flatMap((stretch) => (stretch === undefined ? [] : [value(stretch)]))

/** Run lengths down the columns of the whole image. */
export function countsOfStretches(stretches: readonly Stretch[], { width, height }: PixelSize): number[] {
  const pixels = new Uint8Array(width * height)
  for (const { y, x, end } of stretches) for (let column = x; column < end; column++) pixels[column * height + y] = 1
  const runs = runsOfPixels(pixels)
  const total = runs.reduce((sum, length) => sum + length, 0)
  return total < width * height ? [...runs, width * height - total] : runs
}

/** Six bits a letter from 48 on: five of the number, one that says that more follow; from the fourth on, differences to the one before the last. */
function decodeCounts(letters: string): number[] {
  const counts: number[] = []
  let at = 0
  while (at < letters.length) {
    let value = 0
    let more = true
    for (let group = 0; more; group++) {
      const bits = letters.charCodeAt(at++) - 48
      if (!(bits >= 0 && bits < 64) || group > 6) throw new MarkRefused('runs', 'run lengths that are no COCO text')
      value += (bits & 31) * 2 ** (5 * group)
      more = (bits & 32) !== 0
      if (!more && (bits & 16) !== 0) value -= 2 ** (5 * (group + 1))
    }
    counts.push(counts.length > 2 ? value + (counts.at(-2) ?? 0) : value)
    if (counts.length > mostRuns) throw new MarkRefused('runs', `more than ${mostRuns} run lengths`)
  }
  return counts
}
