/** Runs of a mask of width × height pixels given one by one, row by row; 0 is outside. Nothing inside is no run at all. */
export function runsOfPixels(pixels: Uint8Array): number[] {
  const runs: number[] = []
  let inside = 0
  let length = 0
  for (const pixel of pixels) {
    if ((pixel === 0 ? 0 : 1) === inside) length++
    else {
      runs.push(length)
      inside = 1 - inside
      length = 1
    }
  }
  if (inside === 1) runs.push(length)
  return runs
}

/** Pixels inside. */
export const pixelsInRuns = (runs: readonly number[]): number =>
  runs.reduce((sum, length, index) => sum + (index % 2 === 1 ? length : 0), 0)

/** A stretch of one row: from `x` up to but without `end`. */
export interface Stretch {
  readonly y: number
  readonly x: number
  readonly end: number
}

/** The same pixels as stretches of single rows, from above. @param width pixels per row */
export function stretchesOfRuns(runs: readonly number[], width: number): Stretch[] {
  const stretches: Stretch[] = []
  let at = 0
  runs.forEach((length, index) => {
    const end = at + length
    if (index % 2 === 1)
      while (at < end) {
        const y = Math.floor(at / width)
        const until = Math.min(end, (y + 1) * width)
        stretches.push({ y, x: at - y * width, end: until - y * width })
        at = until
      }
    at = end
  })
  return stretches
}

/** Sorted from above, left to right, none touching another in its row. */
export function joinStretches(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.filter(({ x, end }) => x < end).sort((a, b) => a.y - b.y || a.x - b.x)
  const joined: Stretch[] = []
  for (const next of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && last.y === next.y && next.x <= last.end)
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, next.end) }
    else joined.push(next)
  }
  return joined
}

/** What of `stretches` lies in none of `taken`; both joined. */
export function withoutStretches(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  const byRow = new Map<number, Stretch[]>()
  for (const each of taken) byRow.set(each.y, [...(byRow.get(each.y) ?? []), each])
  return stretches.flatMap((stretch) => {
    let left: readonly Stretch[] = [stretch]
    for (const { x, end } of byRow.get(stretch.y) ?? [])
      left = left.flatMap((part) =>
        [
          { ...part, end: Math.min(part.end, x) },
          { ...part, x: Math.max(part.x, end) },
        ].filter((rest) => rest.x < rest.end),
      )
    return left
  })
}

/** Groups of joined stretches whose pixels touch, corners included. */
export function connectedStretches(stretches: readonly Stretch[]): Stretch[][] {
  const groupOf = stretches.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (groupOf[root] !== root) root = groupOf[root] as number
    groupOf[index] = root
    return root
  }
  let above: number[] = []
  let row: number[] = []
  stretches.forEach((stretch, index) => {
    const previous = stretches[index - 1]
    if (previous !== undefined && previous.y !== stretch.y) {
      above = previous.y === stretch.y - 1 ? row : []
      row = []
    }
    row.push(index)
    for (const other of above) {
      const { x, end } = stretches[other] as Stretch
      if (x <= stretch.end && stretch.x <= end) groupOf[rootOf(other)] = rootOf(index)
    }
  })
  const groups = new Map<number, Stretch[]>()
  stretches.forEach((stretch, index) => {
    const root = rootOf(index)
    groups.set(root, [...(groups.get(root) ?? []), stretch])
  })
  return [...groups.values()]
}
