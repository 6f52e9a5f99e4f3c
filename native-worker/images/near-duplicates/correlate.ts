import { band, bandEdge, rows, spectrumLength } from './band.ts'
import { lookups } from './orientations.ts'

/** A shift's unit is 1/64 of a picture's edge. */
export const unitsPerEdge = 64
const step = 2

export interface Correlation {
  /** 1 for the same picture, about 0.1 … 0.3 for pictures that have nothing in common. */
  readonly value: number
  /** How far the second lies off the first, in 1/64 of the edge. */
  readonly x: number
  readonly y: number
}

const span = 2 * unitsPerEdge
/** [frequency −12 … 12, shift −64 … 63] */
const [cosines, sines] = [Math.cos, Math.sin].map((wave) =>
  Float32Array.from({ length: (2 * bandEdge + 1) * span }, (_, at) =>
    wave((2 * Math.PI * (Math.floor(at / span) - bandEdge) * ((at % span) - unitsPerEdge)) / unitsPerEdge),
  ),
) as [Float32Array, Float32Array]

const crossReal = new Float32Array(band.length)
const crossImaginary = new Float32Array(band.length)
const rowReal = new Float32Array((bandEdge + 1) * span)
const rowImaginary = new Float32Array((bandEdge + 1) * span)

/**
 * The highest correlation of a picture with another one laid on it in one orientation, over shifts up to `reach` from `around`.
 * @param spectra of all pictures, one after the other, as `phaseSpectrum` gives them
 */
export function correlate(
  spectra: Int8Array,
  {
    first,
    second,
    orientation,
    reach,
    around = { x: 0, y: 0 },
  }: {
    readonly first: number
    readonly second: number
    /** Index into `orientations`. */
    readonly orientation: number
    readonly reach: number
    readonly around?: { readonly x: number; readonly y: number }
  },
): Correlation {
  const power = multiply(spectra, { first, second, orientation })
  if (power === 0) return { value: 0, x: 0, y: 0 }
  const coarse = highest({ ...around, reach, step })
  const fine = highest({ x: coarse.x, y: coarse.y, reach: 1, step: 1 })
  return { value: fine.value / power, x: fine.x, y: fine.y }
}

/** The cross spectrum. Gives the root of both powers. */
function multiply(
  spectra: Int8Array,
  { first, second, orientation }: { readonly first: number; readonly second: number; readonly orientation: number },
): number {
  const lookup = lookups[orientation]
  if (lookup === undefined) throw new Error(`There is no orientation ${orientation}.`)
  const { from, sign } = lookup
  const a = first * spectrumLength
  const b = second * spectrumLength
  let [powerA, powerB] = [0, 0]
  for (let index = 0; index < band.length; index++) {
    const aReal = spectra[a + 2 * index] ?? 0
    const aImaginary = spectra[a + 2 * index + 1] ?? 0
    const at = b + 2 * (from[index] ?? 0)
    const bReal = spectra[at] ?? 0
    const bImaginary = (spectra[at + 1] ?? 0) * (sign[index] ?? 1)
    powerA += aReal * aReal + aImaginary * aImaginary
    powerB += bReal * bReal + bImaginary * bImaginary
    crossReal[index] = aReal * bReal + aImaginary * bImaginary
    crossImaginary[index] = aImaginary * bReal - aReal * bImaginary
  }
  return Math.sqrt(powerA * powerB)
}

function highest({
  x: middleX,
  y: middleY,
  reach,
  step: stride,
}: {
  readonly x: number
  readonly y: number
  readonly reach: number
  readonly step: number
}): Correlation {
  const shifts = 2 * Math.floor(reach / stride) + 1
  const [left, top] = [middleX, middleY].map((middle) => middle - Math.floor(reach / stride) * stride) as [
    number,
    number,
  ]
  for (const { v, firstU, start, end } of rows)
    for (let shift = 0; shift < shifts; shift++) {
      const column = left + shift * stride + unitsPerEdge
      let [re, im] = [0, 0]
      for (let index = start, wave = (firstU + bandEdge) * span + column; index < end; index++, wave += span) {
        const cosine = cosines[wave] ?? 0
        const sine = sines[wave] ?? 0
        const crossRe = crossReal[index] ?? 0
        const crossIm = crossImaginary[index] ?? 0
        re += crossRe * cosine - crossIm * sine
        im += crossRe * sine + crossIm * cosine
      }
      rowReal[v * span + shift] = re
      rowImaginary[v * span + shift] = im
    }
  let best = { value: -1, x: middleX, y: middleY }
  let bestValue = -Infinity
  for (let down = 0; down < shifts; down++) {
    const column = top + down * stride + unitsPerEdge
    for (let shift = 0; shift < shifts; shift++) {
      let value = 0
      for (let v = 0; v <= bandEdge; v++) {
        const wave = (v + bandEdge) * span + column
        value +=
          (rowReal[v * span + shift] ?? 0) * (cosines[wave] ?? 0) -
          (rowImaginary[v * span + shift] ?? 0) * (sines[wave] ?? 0)
      }
      if (value > bestValue) {
        bestValue = value
        best = { value, x: left + shift * stride, y: top + down * stride }
      }
    }
  }
  return best
}
