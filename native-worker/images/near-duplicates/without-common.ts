import { band, spectrumLength } from './band.ts'
import { unitsPerEdge } from './correlate.ts'
import { inverse, lookups } from './orientations.ts'

/** Fewer pictures than this may well show one part only: then what they have in common is the part. */
export const fewestWithCommon = 64

/** A picture and how the one to which all are aligned lies on it. */
export interface Aligned {
  readonly image: number
  /** Index into `orientations`. */
  readonly orientation: number
  /** In 1/64 of the edge. */
  readonly x: number
  readonly y: number
}

/**
 * What all of the pictures have in common (a housing, a printed mark, dust on the lens, how the light falls) says nothing about which
 * part one shows: their mean is taken away.
 * @returns spectra of the same length, in which the others are left as they are
 */
export function withoutCommon(spectra: Int8Array, pictures: readonly Aligned[]): Int8Array {
  const common = new Float32Array(spectrumLength)
  const own = new Float32Array(spectrumLength)
  for (const picture of pictures) {
    const { image, orientation, x, y } = picture
    for (let at = 0; at < spectrumLength; at++) own[at] = spectra[image * spectrumLength + at] ?? 0
    const aligned = orient(shift(own, { x, y }), inverse[orientation] ?? 0)
    for (let at = 0; at < spectrumLength; at++) common[at] = (common[at] ?? 0) + (aligned[at] ?? 0) / pictures.length
  }
  const result = spectra.slice()
  for (const { image, orientation, x, y } of pictures) {
    const expected = shift(orient(common, orientation), { x: -x, y: -y })
    for (let index = 0; index < spectrumLength; index++) {
      const at = image * spectrumLength + index
      // Half of the difference of two numbers between −127 and 127 is one, too; only the proportions count.
      result[at] = Math.round(((spectra[at] ?? 0) - (expected[index] ?? 0)) / 2)
    }
  }
  return result
}

function shift(spectrum: Float32Array, { x, y }: { readonly x: number; readonly y: number }): Float32Array {
  if (x === 0 && y === 0) return spectrum
  const result = new Float32Array(spectrumLength)
  band.forEach(({ u, v }, index) => {
    const angle = (2 * Math.PI * (u * x + v * y)) / unitsPerEdge
    const re = spectrum[2 * index] ?? 0
    const im = spectrum[2 * index + 1] ?? 0
    result[2 * index] = re * Math.cos(angle) - im * Math.sin(angle)
    result[2 * index + 1] = re * Math.sin(angle) + im * Math.cos(angle)
  })
  return result
}

function orient(spectrum: Float32Array, orientation: number): Float32Array {
  const lookup = lookups[orientation]
  if (lookup === undefined || orientation === 0) return spectrum
  const result = new Float32Array(spectrumLength)
  for (let index = 0; index < band.length; index++) {
    const from = 2 * (lookup.from[index] ?? 0)
    result[2 * index] = spectrum[from] ?? 0
    result[2 * index + 1] = (spectrum[from + 1] ?? 0) * (lookup.sign[index] ?? 1)
  }
  return result
}
