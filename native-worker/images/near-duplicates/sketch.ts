import { RandomStream } from '../../random/random-stream.ts'
import { band, isCompared, spectrumLength } from './band.ts'
import { unitsPerEdge } from './correlate.ts'
import { lookups, orientations } from './orientations.ts'

/*
 * A sketch is the coarsest 32 frequencies as 64 numbers; signs of random projections of it are its keys (Charikar 2002: "Similarity
 * estimation techniques from rounding algorithms"). The projections are Hadamard transforms of randomly signed numbers (Andoni et al.
 * 2015: "Practical and optimal LSH for angular distance"), 64 of them for the price of six.
 */

export const sketchLength = 64
/** Shifts at which a picture is looked for, in 1/64 of the edge: between two of them its phases turn by less than a sixth. */
const shifts = [-3, 0, 3] as const

/** Coarse frequencies; a set that orientations map onto itself. */
const coarse = band
  .map((frequency, index) => ({ ...frequency, index }))
  .filter((frequency) => isCompared(frequency) && frequency.u ** 2 + frequency.v ** 2 <= 20)

/** How a picture is looked for: in one orientation, shifted. */
export interface Pose {
  /** Index into `orientations`. */
  readonly orientation: number
  readonly x: number
  readonly y: number
}

/** The first is the picture as it is. */
export const poses: readonly Pose[] = [
  ...orientations.flatMap((_, orientation) => shifts.flatMap((x) => shifts.map((y) => ({ orientation, x, y })))),
].sort(
  (a, b) => Math.abs(a.x) + Math.abs(a.y) + a.orientation * 100 - Math.abs(b.x) - Math.abs(b.y) - b.orientation * 100,
)

/** The random signs, which turn the numbers so that no projection is one of them. */
const random = RandomStream.fromSeed(1, 'sketches of pictures')
const signs = Float32Array.from({ length: sketchLength }, () => (random.uniform() < 0.5 ? -1 : 1))

const turns = poses.map(({ orientation, x, y }) => {
  const lookup = lookups[orientation]
  if (lookup === undefined) throw new Error(`There is no orientation ${orientation}.`)
  return {
    from: Int32Array.from(coarse, ({ index }) => 2 * (lookup.from[index] ?? 0)),
    sign: Float32Array.from(coarse, ({ index }) => lookup.sign[index] ?? 1),
    cosine: Float32Array.from(coarse, ({ u, v }) => Math.cos((2 * Math.PI * (u * x + v * y)) / unitsPerEdge)),
    sine: Float32Array.from(coarse, ({ u, v }) => Math.sin((2 * Math.PI * (u * x + v * y)) / unitsPerEdge)),
  }
})

/** Writes the 64 numbers of a picture in one pose, with their random signs. */
export function writeSketch(
  sketch: Float32Array,
  { spectra, image, pose }: { readonly spectra: Int8Array; readonly image: number; readonly pose: number },
): void {
  const turn = turns[pose]
  if (turn === undefined) throw new Error(`There is no pose ${pose}.`)
  const { from, sign, cosine, sine } = turn
  const start = image * spectrumLength
  for (let index = 0; index < sketchLength / 2; index++) {
    const at = start + (from[index] ?? 0)
    const re = spectra[at] ?? 0
    const im = (spectra[at + 1] ?? 0) * (sign[index] ?? 1)
    const cos = cosine[index] ?? 1
    const sin = sine[index] ?? 0
    sketch[2 * index] = (re * cos - im * sin) * (signs[2 * index] ?? 1)
    sketch[2 * index + 1] = (re * sin + im * cos) * (signs[2 * index + 1] ?? 1)
  }
}

/** The projections of a sketch, in place. */
export function project(values: Float32Array): void {
  for (let half = 1; half < sketchLength; half *= 2)
    for (let block = 0; block < sketchLength; block += 2 * half)
      for (let at = block; at < block + half; at++) {
        const a = values[at] ?? 0
        const b = values[at + half] ?? 0
        values[at] = a + b
        values[at + half] = a - b
      }
}
