import type { SourceRectangle } from '../../../contract/source-rectangle.ts'

interface Run {
  readonly part: number
  readonly start: number
  readonly end: number
}

interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * Boxes around the connected parts of a mask, from top to bottom; pixels that touch at a corner belong together. Reads row by row:
 * what is kept is the runs of two rows and one box a part.
 * @param values [height, width]
 * @param least the smallest value that counts as marked
 */
export function findParts(
  values: ArrayLike<number>,
  { width, height, least }: { readonly width: number; readonly height: number; readonly least: number },
): SourceRectangle[] {
  const parents: number[] = []
  const bounds: Bounds[] = []
  const rootOf = (part: number): number => {
    let root = part
    while (parents[root] !== root) root = parents[root] ?? root
    parents[part] = root
    return root
  }
  let above: Run[] = []
  for (let y = 0; y < height; y++) {
    const row: Run[] = []
    let first = 0
    for (let x = 0; x < width;) {
      if ((values[y * width + x] ?? 0) < least) {
        x++
        continue
      }
      const start = x
      while (x < width && (values[y * width + x] ?? 0) >= least) x++
      const end = x - 1
      // Runs of the row above come in order: those that end before this one can touch no later run either.
      while (first < above.length && (above[first]?.end ?? 0) < start - 1) first++
      let part = -1
      for (let index = first; index < above.length; index++) {
        const run = above[index]
        if (run === undefined || run.start > end + 1) break
        const root = rootOf(run.part)
        if (part === -1) part = root
        else if (root !== part) {
          parents[Math.max(root, part)] = Math.min(root, part)
          part = Math.min(root, part)
        }
      }
      if (part === -1) {
        part = parents.length
        parents.push(part)
        bounds.push({ left: start, top: y, right: end, bottom: y })
      } else {
        const box = bounds[part]
        if (box !== undefined) {
          box.left = Math.min(box.left, start)
          box.right = Math.max(box.right, end)
          box.bottom = y
        }
      }
      row.push({ part, start, end })
    }
    above = row
  }
  return joinBounds(bounds, rootOf)
}

function joinBounds(bounds: readonly Bounds[], rootOf: (part: number) => number): SourceRectangle[] {
  const whole = new Map<number, Bounds>()
  bounds.forEach((box, part) => {
    const root = rootOf(part)
    const joined = whole.get(root)
    if (joined === undefined) whole.set(root, { ...box })
    else {
      joined.left = Math.min(joined.left, box.left)
      joined.top = Math.min(joined.top, box.top)
      joined.right = Math.max(joined.right, box.right)
      joined.bottom = Math.max(joined.bottom, box.bottom)
    }
  })
  return [...whole.values()].map(({ left, top, right, bottom }) => ({
    x: left,
    y: top,
    width: right - left + 1,
    height: bottom - top + 1,
  }))
}
