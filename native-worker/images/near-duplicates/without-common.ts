import { band, spectrumLength } from './band.ts'
import { unitsPerEdge } from './correlate.ts'
import { inverse, lookups } from './orientations.ts'

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
 * What all of the pictures have in common (a housing, a printed mark, how the light falls) says nothing about which part one shows:
 * their mean is taken away.
 * @param target gets a spectrum a picture, in the order of `pictures`
 */
export function withoutCommon(
  spectra: Int8Array,
  { pictures, target }: { readonly pictures: readonly Aligned[]; readonly target: Int8Array },
): void {
  const common = new Float32Array(spectrumLength)
  const own = new Float32Array(spectrumLength)
  for (const { image, orientation, x, y } of pictures) {
    for (let at = 0; at < spectrumLength; at++) own[at] = spectra[image * spectrumLength + at] ?? 0
    const aligned = orient(shift(own, { x, y }), inverse[orientation] ?? 0)
    for (let at = 0; at < spectrumLength; at++) common[at] = (common[at] ?? 0) + (aligned[at] ?? 0) / pictures.length
  }
  pictures.forEach(({ image, orientation, x, y }, place) => {
    const expected = shift(orient(common, orientation), { x: -x, y: -y })
    for (let at = 0; at < spectrumLength; at++) {
      const difference = (spectra[image * spectrumLength + at] ?? 0) - (expected[at] ?? 0)
      // Half of the difference of two numbers between −127 and 127 is one, too; only the proportions count.
      target[place * spectrumLength + at] = Math.round(difference / 2)
    }
  })
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
