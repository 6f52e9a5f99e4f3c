import FFT from 'fft.js'

interface Transform {
  /** Interleaved complex numbers, [real, imaginary, real, …], out of place, divided by the count. */
  inverseTransform(out: Float64Array, data: Float64Array): void
}

const transforms = new Map<number, Transform>()

function transformOf(count: number): Transform {
  const known = transforms.get(count)
  if (known !== undefined) return known
  // The package's own types are `any` throughout.
  const made = new (FFT as unknown as new (count: number) => Transform)(count)
  transforms.set(count, made)
  return made
}

/** The real part of the inverse transform of `count` complex numbers; a power of two. */
export function inverseFourier(spectrum: Float64Array): Float64Array {
  const count = spectrum.length / 2
  const out = new Float64Array(2 * count)
  transformOf(count).inverseTransform(out, spectrum)
  return Float64Array.from({ length: count }, (_, index) => out[2 * index] ?? 0)
}

/** The real part of the inverse transform of [size, size] complex numbers, by columns, then by rows; `spectrum` is used up. */
export function inverseFourierPlane(spectrum: Float64Array, size: number): Float64Array {
  const transform = transformOf(size)
  const line = new Float64Array(2 * size)
  const done = new Float64Array(2 * size)
  for (let column = 0; column < size; column++) {
    for (let row = 0; row < size; row++) {
      line[2 * row] = spectrum[2 * (row * size + column)] ?? 0
      line[2 * row + 1] = spectrum[2 * (row * size + column) + 1] ?? 0
    }
    transform.inverseTransform(done, line)
    for (let row = 0; row < size; row++) {
      spectrum[2 * (row * size + column)] = done[2 * row] ?? 0
      spectrum[2 * (row * size + column) + 1] = done[2 * row + 1] ?? 0
    }
  }
  const values = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    transform.inverseTransform(done, spectrum.subarray(2 * row * size, 2 * (row + 1) * size))
    for (let column = 0; column < size; column++) values[row * size + column] = done[2 * column] ?? 0
  }
  return values
}
