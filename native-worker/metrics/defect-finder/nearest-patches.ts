import { patchColumns } from './patch-features.ts'

export const neighbours = 3
const leafRows = 12

/** Rows below a node lie side by side: `from` … `to` − 1. */
interface Node {
  readonly from: number
  readonly to: number
  /** The axis it is split on, or −1 for a leaf. */
  readonly axis: number
  readonly at: number
  readonly left: number
  readonly right: number
}

/**
 * Patches in a k-d tree over their principal axes, for finding the nearest ones. A search looks into the most promising leaves and ends
 * after `mostRows` patches: of 6,000, that finds the three nearest or some hardly farther.
 */
export class NearestPatches {
  readonly #patches: Float32Array
  readonly #nodes: Node[] = []
  readonly #mostRows: number
  /** Squared, ascending. */
  readonly nearest = new Float64Array(neighbours)
  readonly rows = new Int32Array(neighbours)
  #query: Float32Array = new Float32Array(0)
  #left = 0

  /** @param patches [rows, columns]; put into another order */
  constructor(patches: Float32Array, { mostRows }: { readonly mostRows: number }) {
    this.#mostRows = mostRows
    const order = Array.from({ length: patches.length / patchColumns }, (_, row) => row)
    this.#split(patches, { order, from: 0, to: order.length })
    this.#patches = new Float32Array(patches.length)
    order.forEach((row, place) =>
      this.#patches.set(patches.subarray(row * patchColumns, (row + 1) * patchColumns), place * patchColumns),
    )
  }

  /** @param hints rows that may be near, from a search before */
  find(query: Float32Array, hints: Int32Array): void {
    this.#query = query
    this.nearest.fill(Infinity)
    this.rows.fill(-1)
    for (const row of hints) if (row >= 0 && !this.rows.includes(row)) this.#try(row)
    this.#left = this.#mostRows
    this.#visit(0, 0)
  }

  get meanDistance(): number {
    const found = this.nearest.filter((squared) => squared < Infinity)
    return Math.sqrt(found.reduce((sum, squared) => sum + squared, 0) / Math.max(1, found.length))
  }

  #split(
    patches: Float32Array,
    { order, from, to }: { readonly order: number[]; readonly from: number; readonly to: number },
  ): number {
    const index = this.#nodes.length
    if (to - from <= leafRows) {
      this.#nodes.push({ from, to, axis: -1, at: 0, left: -1, right: -1 })
      return index
    }
    const part = order.slice(from, to)
    const axis = widestAxis(patches, part)
    part.sort((a, b) => (patches[a * patchColumns + axis] as number) - (patches[b * patchColumns + axis] as number))
    part.forEach((row, place) => (order[from + place] = row))
    const middle = (from + to) >> 1
    const at = patches[(order[middle] as number) * patchColumns + axis] as number
    this.#nodes.push({ from, to, axis, at, left: -1, right: -1 })
    const left = this.#split(patches, { order, from, to: middle })
    const right = this.#split(patches, { order, from: middle, to })
    this.#nodes[index] = { from, to, axis, at, left, right }
    return index
  }

  /** @param least squared: what the splits on the way down say about the distance */
  #visit(index: number, least: number): void {
    const { from, to, axis, at, left, right } = this.#nodes[index] as Node
    if (axis < 0) {
      for (let row = from; row < to; row++)
        if (row !== this.rows[0] && row !== this.rows[1] && row !== this.rows[2]) this.#try(row)
      this.#left -= to - from
      return
    }
    const beyond = (this.#query[axis] as number) - at
    this.#visit(beyond < 0 ? left : right, least)
    const far = Math.max(least, beyond * beyond)
    if (this.#left > 0 && far < (this.nearest[neighbours - 1] as number)) this.#visit(beyond < 0 ? right : left, far)
  }

  #try(row: number): void {
    const limit = this.nearest[neighbours - 1] as number
    const from = row * patchColumns
    const patches = this.#patches
    const query = this.#query
    let sum = 0
    let column = 0
    // In blocks: most patches are too far after the first.
    while (column < patchColumns) {
      for (const end = column + 10; column < end; column++) {
        const difference = (query[column] as number) - (patches[from + column] as number)
        sum += difference * difference
      }
      if (sum >= limit) return
    }
    let place = neighbours - 1
    while (place > 0 && (this.nearest[place - 1] as number) > sum) {
      this.nearest[place] = this.nearest[place - 1] as number
      this.rows[place] = this.rows[place - 1] as number
      place--
    }
    this.nearest[place] = sum
    this.rows[place] = row
  }
}

/** Among the first ones, which are the widest of all. */
function widestAxis(patches: Float32Array, rows: readonly number[]): number {
  let widest = 0
  let width = -1
  for (let axis = 0; axis < 12; axis++) {
    let low = Infinity
    let high = -Infinity
    for (const row of rows) {
      const value = patches[row * patchColumns + axis] as number
      if (value < low) low = value
      if (value > high) high = value
    }
    if (high - low > width) [widest, width] = [axis, high - low]
  }
  return widest
}
