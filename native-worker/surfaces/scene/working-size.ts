import type { Plane } from '../drawing/plane.ts'

/** Drawings are made at one of these sizes and then made smaller. */
const workingSizes = [64, 128, 256] as const

/** @throws RangeError for a size that is not a whole number of 16 … 256 pixels */
export function workingSizeOf(size: number): number {
  const found = workingSizes.find((working) => working >= size)
  if (found === undefined || !Number.isInteger(size) || size < 16)
    throw new RangeError(`Surfaces are drawn at 16 to 256 pixels per edge, not at ${size}.`)
  return found
}

/** Made smaller: every new pixel is the average of what it covers. */
export function reduce(plane: Plane, size: number): Plane {
  if (plane.size === size) return plane
  const across = reduceLines(plane.values, { from: plane.size, to: size, lines: plane.size })
  return { size, values: reduceLines(across, { from: plane.size, to: size, lines: size }) }
}

/** Makes each row shorter and turns rows into columns: done twice, everything lies as before. */
function reduceLines(
  values: Float64Array,
  { from, to, lines }: { readonly from: number; readonly to: number; readonly lines: number },
): Float64Array {
  const reduced = new Float64Array(to * lines)
  const step = from / to
  for (let place = 0; place < to; place++) {
    const start = place * step
    const end = (place + 1) * step
    for (let index = Math.floor(start); index < Math.min(from, Math.ceil(end)); index++) {
      const share = (Math.min(end, index + 1) - Math.max(start, index)) / step
      for (let line = 0; line < lines; line++)
        reduced[place * lines + line] =
          (reduced[place * lines + line] ?? 0) + share * (values[line * from + index] ?? 0)
    }
  }
  return reduced
}
