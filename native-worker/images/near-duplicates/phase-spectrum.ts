import { band, bandEdge, isCompared, rows, spectrumLength } from './band.ts'

/*
 * Band-limited phase-only correlation (Ito, Nakajima, Kobayashi, Aoki, Higuchi 2004: "A fingerprint matching algorithm using
 * phase-only correlation"). Two pictures of the same surface agree in phase whatever the light; two of the same kind of surface
 * agree in the spectrum's magnitudes only, and these are not looked at.
 */

/** Pixels per edge that the band needs. */
const edge = 32
const area = edge * edge
/** Grey levels of black that the logarithm leaves nearly linear: below, a sensor shows its noise. */
const toe = 12
const lightRadius = 3
const detailRadius = 5
/** Weaker frequencies than this share of the mean count less: their phase is noise. */
const weak = 0.1
/** Of one frequency at full strength. */
export const unit = 127

/**
 * A logarithm makes exposure a constant and gamma a factor. What varies slowly is light and is taken away; what is left is evened out,
 * so that one edge does not outweigh the surface.
 * @param pixels uint8 [size, size, channels]; rows and columns at the edges that are black throughout are bars
 * @returns int8: real and imaginary part of each frequency of the band; all 0 where the picture shows nothing
 */
export function phaseSpectrum(
  pixels: Uint8Array,
  { size, channels }: { readonly size: number; readonly channels: number },
): Int8Array {
  const grey = channels === 1 ? pixels : greyOf(pixels, channels)
  const surface = shrink(grey, { size, ...withoutBars(grey, size) }) // [32, 32]
  for (let at = 0; at < area; at++) surface[at] = Math.log((surface[at] ?? 0) + toe)
  const light = boxBlur(surface, lightRadius)
  for (let at = 0; at < area; at++) surface[at] = (surface[at] ?? 0) - (light[at] ?? 0)
  const strength = boxBlur(
    surface.map((value) => value * value),
    detailRadius,
  )
  let mean = 0
  for (let at = 0; at < area; at++) mean += (strength[at] ?? 0) / area
  // A flat picture of 8 bits has no surface to compare.
  if (mean < 1e-6) return new Int8Array(spectrumLength)
  for (let at = 0; at < area; at++)
    surface[at] = ((surface[at] ?? 0) * (taper[at] ?? 0)) / Math.sqrt((strength[at] ?? 0) + 0.1 * mean)
  return quantisePhases(transform(surface))
}

function greyOf(pixels: Uint8Array, channels: number): Uint8Array {
  const grey = new Uint8Array(pixels.length / channels)
  for (let at = 0; at < grey.length; at++) {
    const from = at * channels
    grey[at] = 0.299 * (pixels[from] ?? 0) + 0.587 * (pixels[from + 1] ?? 0) + 0.114 * (pixels[from + 2] ?? 0) + 0.5
  }
  return grey
}

interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a letterbox holds. The whole picture where it is black, or nearly all bars. */
function withoutBars(grey: Uint8Array, size: number): Area {
  const isBlack = (start: number, step: number): boolean => {
    for (let index = 0; index < size; index++) if ((grey[start + index * step] ?? 0) !== 0) return false
    return true
  }
  let [top, bottom, left, right] = [0, size, 0, size]
  while (top < size && isBlack(top * size, 1)) top++
  if (top === size) return { left: 0, top: 0, width: size, height: size }
  while (isBlack((bottom - 1) * size, 1)) bottom--
  while (isBlack(left, size)) left++
  while (isBlack(right - 1, size)) right--
  const least = size / 8
  return right - left < least || bottom - top < least
    ? { left: 0, top: 0, width: size, height: size }
    : { left, top, width: right - left, height: bottom - top }
}

/** Means over areas, of the grey values. [32, 32] */
function shrink(grey: Uint8Array, { size, left, top, width, height }: Area & { readonly size: number }): Float32Array {
  const across = partsOf(width)
  const down = partsOf(height)
  const narrow = new Float32Array(height * edge)
  for (let y = 0; y < height; y++)
    for (let to = 0; to < edge; to++) {
      const { first, weights } = across[to] ?? noPart
      const start = (top + y) * size + left + first
      let sum = 0
      for (let index = 0; index < weights.length; index++) sum += (grey[start + index] ?? 0) * (weights[index] ?? 0)
      narrow[y * edge + to] = sum
    }
  const small = new Float32Array(area)
  for (let to = 0; to < edge; to++) {
    const { first, weights } = down[to] ?? noPart
    for (let index = 0; index < weights.length; index++) {
      const weight = weights[index] ?? 0
      for (let x = 0; x < edge; x++)
        small[to * edge + x] = (small[to * edge + x] ?? 0) + weight * (narrow[(first + index) * edge + x] ?? 0)
    }
  }
  return small
}

interface Part {
  readonly first: number
  readonly weights: Float32Array
}
const noPart: Part = { first: 0, weights: new Float32Array(0) }
const knownParts = new Map<number, readonly Part[]>()

/** Which pixels of `length` make each of 32, and with what weight. */
function partsOf(length: number): readonly Part[] {
  const known = knownParts.get(length)
  if (known !== undefined) return known
  const ratio = length / edge
  const parts = Array.from({ length: edge }, (_, to) => {
    const [from, end] = [to * ratio, (to + 1) * ratio]
    const first = Math.floor(from)
    const weights = Float32Array.from(
      { length: Math.min(length, Math.ceil(end - 1e-9)) - first },
      (_unused, index) => (Math.min(end, first + index + 1) - Math.max(from, first + index)) / ratio,
    )
    return { first, weights }
  })
  knownParts.set(length, parts)
  return parts
}

/** Means over squares, twice, of what lies inside the picture: close to a Gaussian. */
function boxBlur(values: Float32Array, radius: number): Float32Array {
  let from = values
  for (let pass = 0; pass < 4; pass++) from = slideRows(from, radius)
  return from
}

/** Blurs along rows and transposes. */
function slideRows(values: Float32Array, radius: number): Float32Array {
  const result = new Float32Array(area)
  for (let y = 0; y < edge; y++) {
    const row = y * edge
    let sum = 0
    for (let x = 0; x < radius; x++) sum += values[row + x] ?? 0
    for (let x = 0; x < edge; x++) {
      if (x + radius < edge) sum += values[row + x + radius] ?? 0
      if (x > radius) sum -= values[row + x - radius - 1] ?? 0
      result[x * edge + y] = sum / (Math.min(edge - 1, x + radius) - Math.max(0, x - radius) + 1)
    }
  }
  return result
}

/** Falls to nothing at the edges, which a shift would bring in or out. */
const taper = Float32Array.from({ length: area }, (_, at) => fall(Math.floor(at / edge)) * fall(at % edge))

function fall(at: number): number {
  const inside = Math.min(at + 0.5, edge - at - 0.5) / (edge / 4)
  return inside >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * inside)
}

/** [frequency −12 … 12, pixel], measured from the middle, so that a mirrored picture has a mirrored spectrum. */
const [cosines, sines] = [Math.cos, Math.sin].map((wave) =>
  Float32Array.from({ length: (2 * bandEdge + 1) * edge }, (_, at) =>
    wave((-2 * Math.PI * (Math.floor(at / edge) - bandEdge) * ((at % edge) - (edge - 1) / 2)) / edge),
  ),
) as [Float32Array, Float32Array]

/** The picture's frequencies of the band: real and imaginary parts in turn. */
function transform(surface: Float32Array): Float32Array {
  const real = new Float32Array(edge)
  const imaginary = new Float32Array(edge)
  const result = new Float32Array(spectrumLength)
  for (const { v, firstU, start, end } of rows) {
    real.fill(0)
    imaginary.fill(0)
    for (let y = 0; y < edge; y++) {
      const cosine = cosines[(v + bandEdge) * edge + y] ?? 0
      const sine = sines[(v + bandEdge) * edge + y] ?? 0
      for (let x = 0; x < edge; x++) {
        const value = surface[y * edge + x] ?? 0
        real[x] = (real[x] ?? 0) + value * cosine
        imaginary[x] = (imaginary[x] ?? 0) + value * sine
      }
    }
    for (let index = start; index < end; index++) {
      const wave = (firstU + index - start + bandEdge) * edge
      let [re, im] = [0, 0]
      for (let x = 0; x < edge; x++) {
        const cosine = cosines[wave + x] ?? 0
        const sine = sines[wave + x] ?? 0
        re += (real[x] ?? 0) * cosine - (imaginary[x] ?? 0) * sine
        im += (real[x] ?? 0) * sine + (imaginary[x] ?? 0) * cosine
      }
      result[2 * index] = re
      result[2 * index + 1] = im
    }
  }
  return result
}

function quantisePhases(spectrum: Float32Array): Int8Array {
  let mean = 0
  for (let index = 0; index < band.length; index++)
    mean += Math.hypot(spectrum[2 * index] ?? 0, spectrum[2 * index + 1] ?? 0) / band.length
  const result = new Int8Array(spectrumLength)
  band.forEach((frequency, index) => {
    if (!isCompared(frequency)) return
    const re = spectrum[2 * index] ?? 0
    const im = spectrum[2 * index + 1] ?? 0
    const magnitude = Math.hypot(re, im)
    const factor = unit / (magnitude + weak * mean)
    result[2 * index] = Math.round(re * factor)
    result[2 * index + 1] = Math.round(im * factor)
  })
  return result
}
