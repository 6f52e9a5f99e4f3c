/** Half of the frequencies of a [size, size] picture (the other half mirrors them), the coarsest first. */
export interface Frequencies {
  /** Cycles per picture, from −size/2 + 1 to size/2 − 1. */
  readonly across: Int16Array
  readonly down: Int16Array
  /** How many there are in a picture of 64 pixels: the first of every larger one, so that all sizes share them. */
  readonly coarse: number
}

const known = new Map<number, Frequencies>()

/** Ring by ring around zero, which is left out: the first numbers of a stream mean the same at every size. */
export function frequenciesOf(size: number): Frequencies {
  const found = known.get(size)
  if (found !== undefined) return found
  const across: number[] = []
  const down: number[] = []
  const add = (u: number, v: number): void => {
    across.push(u)
    down.push(v)
  }
  let coarse = 0
  for (let ring = 1; ring < size / 2; ring++) {
    for (let u = 1 - ring; u <= ring; u++) add(u, ring)
    for (let v = -ring; v < ring; v++) add(ring, v)
    if (ring < 32) coarse = across.length
  }
  const made = { across: Int16Array.from(across), down: Int16Array.from(down), coarse }
  known.set(size, made)
  return made
}
