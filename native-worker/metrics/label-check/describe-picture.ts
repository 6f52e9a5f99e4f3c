/** Pixels an edge at which pictures are described. */
export const describedEdge = 64
const scales = 3
const directions = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
] as const
/** Of the values at all places: what is everywhere, what a defect does, and its strongest place. */
const shares = [0.5, 0.9, 0.99, 1] as const
const depths = [0, 0.01, 0.99, 1] as const
/** Pixels to each side over which the surface around a place is averaged. */
const reach = 4

export const descriptorLength = scales * (directions.length * shares.length + depths.length) + 2

/**
 * What a picture looks like wherever it shows it: how steep it is in four directions and how far it leaves its surroundings, at three scales, as
 * quantiles over all places, and its brightness and contrast. Places are forgotten: a defect may lie anywhere.
 * @param pixels [edge, edge], 0 to 255
 * @returns [descriptorLength]
 */
export function describePicture(pixels: ArrayLike<number>): Float32Array {
  const values: number[] = []
  let edge = describedEdge
  let picture: Float32Array = Float32Array.from(pixels)
  values.push(mean(picture) / 255, deviation(picture) / 64)
  for (let scale = 0; scale < scales; scale += 1) {
    for (const [dx, dy] of directions)
      values.push(...quantiles(slopes(picture, { edge, dx, dy }), shares).map(compress))
    values.push(...quantiles(withoutSurroundings(picture, edge), depths).map(compress))
    picture = half(picture, edge)
    edge /= 2
  }
  return Float32Array.from(values)
}

/** Grey levels span decades between a hairline and a hole. */
const compress = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value))

function slopes(
  picture: Float32Array,
  { edge, dx, dy }: { readonly edge: number; readonly dx: number; readonly dy: number },
): Float32Array {
  const found = new Float32Array((edge - 2) * (edge - 2))
  const step = dy * edge + dx
  let place = 0
  for (let y = 1; y < edge - 1; y += 1)
    for (let at = y * edge + 1; at < (y + 1) * edge - 1; at += 1)
      found[place++] = Math.abs((picture[at + step] ?? 0) - (picture[at - step] ?? 0))
  return found
}

function withoutSurroundings(picture: Float32Array, edge: number): Float32Array {
  // Sums of all pixels above and to the left make every average four look-ups.
  const sums = new Float64Array((edge + 1) * (edge + 1))
  for (let y = 0; y < edge; y += 1)
    for (let x = 0; x < edge; x += 1)
      sums[(y + 1) * (edge + 1) + x + 1] =
        (picture[y * edge + x] ?? 0) +
        (sums[y * (edge + 1) + x + 1] ?? 0) +
        (sums[(y + 1) * (edge + 1) + x] ?? 0) -
        (sums[y * (edge + 1) + x] ?? 0)
  const sumTo = (x: number, y: number): number => sums[y * (edge + 1) + x] ?? 0
  const left = new Float32Array(edge * edge)
  for (let y = 0; y < edge; y += 1)
    for (let x = 0; x < edge; x += 1) {
      const [from, to] = [Math.max(0, x - reach), Math.min(edge, x + reach + 1)]
      const [top, bottom] = [Math.max(0, y - reach), Math.min(edge, y + reach + 1)]
      const sum = sumTo(to, bottom) - sumTo(from, bottom) - sumTo(to, top) + sumTo(from, top)
      left[y * edge + x] = (picture[y * edge + x] ?? 0) - sum / ((to - from) * (bottom - top))
    }
  return left
}

function half(picture: Float32Array, edge: number): Float32Array {
  const small = edge / 2
  const at = (x: number, y: number): number => picture[y * edge + x] ?? 0
  return Float32Array.from({ length: small * small }, (_, index) => {
    const x = (index % small) * 2
    const y = Math.floor(index / small) * 2
    return (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4
  })
}

/** To a quarter of a grey level, by counting: sorting would take longer than all the rest. */
const binsALevel = 4
const darkest = -256

function quantiles(values: Float32Array, wanted: readonly number[]): number[] {
  const counts = new Uint32Array(2 * 256 * binsALevel + 1)
  for (const value of values) {
    const bin = Math.round((value - darkest) * binsALevel)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  let bin = -1
  let passed = 0
  return wanted.map((share) => {
    const rank = Math.round(share * (values.length - 1))
    while (passed <= rank && bin < counts.length) passed += counts[++bin] ?? 0
    return bin / binsALevel + darkest
  })
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

function deviation(values: Float32Array): number {
  const centre = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length)
}
