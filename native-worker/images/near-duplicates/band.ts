/**
 * The frequencies by which pictures are compared, in cycles a picture: fine enough to tell parts apart, too coarse for the noise of
 * a camera or of a compression to matter. Half of the plane: the other half of a real picture's spectrum says the same.
 */
export interface Frequency {
  readonly u: number
  readonly v: number
}

/** The finest. */
export const bandEdge = 12
/** Below, frequencies are light rather than surface. */
const lowestSquared = 2

/** Rows of one `v` each, in order; `u` rises by one within a row. */
export const rows: readonly {
  readonly v: number
  readonly firstU: number
  readonly start: number
  readonly end: number
}[] = rowsOfBand()

function rowsOfBand(): typeof rows {
  let start = 0
  return Array.from({ length: bandEdge + 1 }, (_, v) => {
    const lastU = Math.floor(Math.sqrt(bandEdge ** 2 - v ** 2))
    const firstU = v === 0 ? 1 : -lastU
    const end = start + lastU - firstU + 1
    const row = { v, firstU, start, end }
    start = end
    return row
  })
}

export const band: readonly Frequency[] = rows.flatMap(({ v, firstU, start, end }) =>
  Array.from({ length: end - start }, (_, index) => ({ u: firstU + index, v })),
)

/** Frequencies that count; the others of `band` are always 0. */
export const isCompared = ({ u, v }: Frequency): boolean => u * u + v * v >= lowestSquared

/** Numbers of one picture: real and imaginary part of each frequency, in turn. */
export const spectrumLength = band.length * 2

/** Of a picture that shows nothing: flat, or without anything of its own. */
export function isBlank(spectra: Int8Array, image: number): boolean {
  const end = (image + 1) * spectrumLength
  for (let at = image * spectrumLength; at < end; at++) if (spectra[at] !== 0) return false
  return true
}
