import { Orientation } from '../../../contract/groups.ts'
import type { Frequency } from './band.ts'
import { band } from './band.ts'

/** Index and name of each. */
export const orientations = Orientation.options

/** Where each frequency of the oriented picture is found in the picture, and whether its conjugate is meant. */
interface Lookup {
  readonly from: Int32Array
  /** 1, or −1 for the conjugate. */
  readonly sign: Float32Array
}

/** Bits: 1 mirrors x, 2 mirrors y, 4 swaps the axes first. */
const bitsOf = [0, 1, 2, 3, 4, 6, 5, 7] as const

/** Lies differently in each orientation. */
const probe: Frequency = { u: 1, v: 2 }
const isEqual = (a: Frequency, b: Frequency): boolean => a.u === b.u && a.v === b.v

const indexOf = new Map(band.map(({ u, v }, index) => [`${u} ${v}`, index]))

function lookupOf(bits: number): Lookup {
  const from = new Int32Array(band.length)
  const sign = new Float32Array(band.length)
  band.forEach((frequency, index) => {
    const { u, v } = orient(frequency, bits)
    const direct = indexOf.get(`${u} ${v}`)
    from[index] = direct ?? indexOf.get(`${-u} ${-v}`) ?? 0
    sign[index] = direct === undefined ? -1 : 1
  })
  return { from, sign }
}

function orient({ u, v }: Frequency, bits: number): Frequency {
  const turned = (bits & 4) === 0 ? { u, v } : { u: v, v: u }
  return { u: (bits & 1) === 0 ? turned.u : -turned.u, v: (bits & 2) === 0 ? turned.v : -turned.v }
}

export const lookups: readonly Lookup[] = bitsOf.map(lookupOf)

/** The orientation that two in turn make: `compose[first][second]`. */
export const compose: readonly (readonly number[])[] = bitsOf.map((first) =>
  bitsOf.map((second) =>
    bitsOf.findIndex((bits) => isEqual(orient(orient(probe, first), second), orient(probe, bits))),
  ),
)

/** The orientation that takes each one back. */
export const inverse: readonly number[] = compose.map((row) => row.indexOf(0))
