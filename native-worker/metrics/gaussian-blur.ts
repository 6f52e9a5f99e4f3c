/** Values of a square picture, row by row. */
export interface Plane {
  readonly edge: number
  /** [edge, edge] */
  readonly values: Float32Array
}

/** Where a place outside of 0 … edge − 1 lies when the picture is mirrored at its border, border pixels twice. */
export function mirrored(place: number, edge: number): number {
  const period = 2 * edge
  const inside = ((place % period) + period) % period
  return inside < edge ? inside : period - 1 - inside
}

/** Cut off after four deviations, mirrored at the border. @param deviation in pixels */
export function gaussianBlur(plane: Plane, deviation: number): Plane {
  const kernel = gaussianKernel(deviation)
  return along(along(plane, { kernel, step: 'row' }), { kernel, step: 'column' })
}

function gaussianKernel(deviation: number): Float32Array {
  const radius = Math.trunc(4 * deviation + 0.5)
  const weights = Float32Array.from({ length: 2 * radius + 1 }, (_, index) =>
    Math.exp(-((index - radius) ** 2) / (2 * deviation * deviation)),
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

function along(
  { edge, values }: Plane,
  { kernel, step }: { readonly kernel: Float32Array; readonly step: 'row' | 'column' },
): Plane {
  const radius = kernel.length >> 1
  const [stride, across] = step === 'row' ? [1, edge] : [edge, 1]
  const places = Int32Array.from({ length: edge + 2 * radius }, (_, index) => mirrored(index - radius, edge) * stride)
  const blurred = new Float32Array(values.length)
  for (let line = 0; line < edge; line++) {
    const start = line * across
    for (let at = 0; at < edge; at++) {
      let sum = 0
      for (let tap = 0; tap < kernel.length; tap++)
        sum += (kernel[tap] as number) * (values[start + (places[at + tap] as number)] as number)
      blurred[start + at * stride] = sum
    }
  }
  return { edge, values: blurred }
}
