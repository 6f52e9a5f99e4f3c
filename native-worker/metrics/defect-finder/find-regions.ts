import { median, medianDeviation, quantile } from '../order-statistics.ts'

export interface PixelBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Scores at the rim are less sure: half of each neighbourhood there is mirrored. */
const rimPixels = 4
/** Of the heaviest region; lighter ones are noise beside it. */
const leastShare = 0.25
const growBy = 2

/**
 * Boxes around the regions that stand out of the scores, the one with the highest peak first.
 * @param scores [edge, edge]
 */
export function findRegions(scores: Float32Array, edge: number): PixelBox[] {
  const high = quantile(scores, 0.992)
  const threshold = Math.max(0.42 * high, median(scores) + 3 * 1.48 * medianDeviation(scores))
  const regions = connected(
    Uint8Array.from(scores, (score) => (score > threshold ? 1 : 0)),
    edge,
  ).map((pixels) => ({ pixels, mass: massOf(pixels, { scores, threshold, edge }) }))
  const heaviest = Math.max(0, ...regions.map(({ mass }) => mass))
  if (heaviest === 0) return []
  const kept = new Uint8Array(scores.length)
  for (const { pixels, mass } of regions) if (mass >= leastShare * heaviest) for (const at of pixels) kept[at] = 1
  let grown: Uint8Array = kept
  for (let step = 0; step < growBy; step++) grown = dilate(grown, edge)
  const closed = closeGaps(grown, edge)
  return connected(closed, edge)
    .map((pixels) => ({ box: boxOf(pixels, edge), peak: Math.max(...pixels.map((at) => scores[at] as number)) }))
    .sort((a, b) => b.peak - a.peak)
    .map(({ box }) => box)
}

function massOf(
  pixels: readonly number[],
  { scores, threshold, edge }: { readonly scores: Float32Array; readonly threshold: number; readonly edge: number },
): number {
  let mass = 0
  let onRim = 0
  for (const at of pixels) {
    mass += (scores[at] as number) - threshold
    const x = at % edge
    const y = Math.floor(at / edge)
    if (Math.min(x, y, edge - 1 - x, edge - 1 - y) < rimPixels) onRim++
  }
  return mass * (1.02 - onRim / pixels.length) ** 2
}

/** Pixels of each region whose pixels touch, corners included. */
function connected(mask: Uint8Array, edge: number): number[][] {
  const left = mask.slice()
  const regions: number[][] = []
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue
    const region = [start]
    left[start] = 0
    // Grows while it is walked.
    for (const at of region) {
      for (const next of around(at, edge)) {
        if (left[next] === 0) continue
        left[next] = 0
        region.push(next)
      }
    }
    regions.push(region)
  }
  return regions
}

function* around(at: number, edge: number): Generator<number> {
  const x = at % edge
  const y = Math.floor(at / edge)
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++)
      if (x + dx >= 0 && x + dx < edge && y + dy >= 0 && y + dy < edge) yield at + dy * edge + dx
}

const besides = [
  [0, -1],
  [-1, 0],
  [1, 0],
  [0, 1],
] as const

/** By one pixel to the four sides. */
function dilate(mask: Uint8Array, edge: number): Uint8Array {
  const grown = mask.slice()
  for (let y = 0; y < edge; y++)
    for (let x = 0; x < edge; x++)
      if (besides.some(([dx, dy]) => isSet(mask, { x: x + dx, y: y + dy, edge }, 0))) grown[y * edge + x] = 1
  return grown
}

/** Grown and shrunk again, so that gaps close; the border takes nothing away. */
function closeGaps(mask: Uint8Array, edge: number): Uint8Array {
  let closed = mask
  for (let step = 0; step < growBy; step++) closed = dilate(closed, edge)
  for (let step = 0; step < growBy; step++) closed = erode(closed, edge)
  return closed
}

function erode(mask: Uint8Array, edge: number): Uint8Array {
  const shrunk = mask.slice()
  for (let y = 0; y < edge; y++)
    for (let x = 0; x < edge; x++)
      if (!besides.every(([dx, dy]) => isSet(mask, { x: x + dx, y: y + dy, edge }, 1))) shrunk[y * edge + x] = 0
  return shrunk
}

const isSet = (
  mask: Uint8Array,
  { x, y, edge }: { readonly x: number; readonly y: number; readonly edge: number },
  outside: 0 | 1,
): boolean => (x < 0 || y < 0 || x >= edge || y >= edge ? outside === 1 : mask[y * edge + x] === 1)

function boxOf(pixels: readonly number[], edge: number): PixelBox {
  const xs = pixels.map((at) => at % edge)
  const ys = pixels.map((at) => Math.floor(at / edge))
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 }
}
