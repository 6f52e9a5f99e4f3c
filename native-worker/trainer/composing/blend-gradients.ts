import type { Mask, Raster } from './raster.ts'

const mostIterations = 400
/** In units of brightness, of which 8 bits make 127.5. */
const tolerance = 5e-4

/**
 * Poisson blending (Pérez et al. 2003): inside the mask the picture whose differences between neighbours are `gain` times the
 * donor's and which meets the background at the mask's rim; outside the background, value by value. At the edge of the image
 * nothing is asked.
 */
export function blendGradients({
  background,
  donor,
  mask,
  gain,
}: {
  readonly background: Raster
  readonly donor: Raster
  readonly mask: Mask
  readonly gain: number
}): Raster {
  const { height, width, channels } = background
  const unknowns: number[] = []
  const unknownAt = new Int32Array(height * width).fill(-1)
  mask.values.forEach((covered, place) => {
    if (covered === 0) return
    unknownAt[place] = unknowns.length
    unknowns.push(place)
  })
  const values = background.values.slice()
  if (unknowns.length === 0) return { ...background, values }
  const places = Int32Array.from(unknowns)
  const neighbours = neighboursOf(places, { height, width })
  for (let channel = 0; channel < channels; channel++) {
    const of = (raster: Raster, place: number): number => raster.values[place * channels + channel] ?? 0
    const known = new Float64Array(places.length)
    const start = Float64Array.from(places, (place) => of(background, place))
    places.forEach((place, unknown) => {
      for (let side = 0; side < 4; side++) {
        const other = neighbours[4 * unknown + side] ?? -1
        if (other < 0) continue
        known[unknown] = (known[unknown] ?? 0) + gain * (of(donor, place) - of(donor, other))
        if (unknownAt[other] === -1) known[unknown] = (known[unknown] ?? 0) + of(background, other)
      }
    })
    const solved = solve({ known, start, neighbours, unknownAt })
    places.forEach((place, unknown) => {
      values[place * channels + channel] = Math.max(-1, Math.min(1, solved[unknown] ?? 0))
    })
  }
  return { ...background, values }
}

/** Four places an unknown: above, below, left, right; −1 beyond the image. */
function neighboursOf(places: Int32Array, { height, width }: { height: number; width: number }): Int32Array {
  const neighbours = new Int32Array(4 * places.length).fill(-1)
  places.forEach((place, unknown) => {
    const column = place % width
    if (place >= width) neighbours[4 * unknown] = place - width
    if (place < (height - 1) * width) neighbours[4 * unknown + 1] = place + width
    if (column > 0) neighbours[4 * unknown + 2] = place - 1
    if (column < width - 1) neighbours[4 * unknown + 3] = place + 1
  })
  return neighbours
}

/** Conjugate gradients on (number of neighbours) · f − Σ neighbouring f = known, which is symmetric and positive. */
function solve({
  known,
  start,
  neighbours,
  unknownAt,
}: {
  readonly known: Float64Array
  readonly start: Float64Array
  readonly neighbours: Int32Array
  readonly unknownAt: Int32Array
}): Float64Array {
  const count = known.length
  // A mask that covers the whole image has no rim to hold on to: a breath of the start keeps the level.
  const hold = 1e-6
  const apply = (of: Float64Array, into: Float64Array): void => {
    for (let unknown = 0; unknown < count; unknown++) {
      let sum = hold * (of[unknown] ?? 0)
      for (let side = 0; side < 4; side++) {
        const other = neighbours[4 * unknown + side] ?? -1
        if (other < 0) continue
        sum += of[unknown] ?? 0
        const index = unknownAt[other] ?? -1
        if (index >= 0) sum -= of[index] ?? 0
      }
      into[unknown] = sum
    }
  }
  const solution = start.slice()
  const product = new Float64Array(count)
  apply(solution, product)
  const residual = Float64Array.from(
    known,
    (value, index) => value + hold * (start[index] ?? 0) - (product[index] ?? 0),
  )
  const direction = residual.slice()
  let size = dot(residual, residual)
  for (let iteration = 0; iteration < mostIterations && size > tolerance ** 2 * count; iteration++) {
    apply(direction, product)
    const length = size / dot(direction, product)
    for (let index = 0; index < count; index++) {
      solution[index] = (solution[index] ?? 0) + length * (direction[index] ?? 0)
      residual[index] = (residual[index] ?? 0) - length * (product[index] ?? 0)
    }
    const next = dot(residual, residual)
    for (let index = 0; index < count; index++)
      direction[index] = (residual[index] ?? 0) + (next / size) * (direction[index] ?? 0)
    size = next
  }
  return solution
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}
