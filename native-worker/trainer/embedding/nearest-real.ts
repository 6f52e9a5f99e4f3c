import type { Tensor2D } from '@tensorflow/tfjs'
import type { Plane } from '../../metrics/gaussian-blur.ts'
import type { Engine } from '../engines/engine.ts'
import {
  coarseShifts,
  compareAt,
  describeWindows,
  flippedWindows,
  noShift,
  type FlippedWindow,
  type RealWindows,
  windowShape,
  type WindowShape,
} from './picture-windows.ts'

/** Real pictures that a coarse comparison leaves for the exact one. */
const shortlistLength = 8
/** Pictures compared at once: the products of a block stay below some megabytes. */
const candidatesAtOnce = 32
const realAtOnce = 256

export interface Nearest {
  /** Index among the real pictures; −1 where there is none to compare with. */
  readonly index: number
  /** 0 for the same picture, √2 for one that has nothing in common. */
  readonly distance: number
}

export interface Grouped {
  /** High-passed. */
  readonly plane: Plane
  /** Real pictures of this group are not compared with it; null where all of them are. */
  readonly group: number | null
}

/**
 * The nearest of some real pictures, by the pictures themselves: √(2 − 2r), where r is the highest correlation over the four mirrorings
 * and all shifts of up to 4 pixels, an eighth of the edge in small ones, of the part that lies in both whatever the shift. All are
 * compared coarsely, in 14 × 14 cells, as one product of matrices; the likeliest exactly, pixel by pixel.
 */
export class NearestReal {
  readonly #engine: Engine
  readonly #shape: WindowShape
  readonly #real: readonly (RealWindows & { readonly group: number | null })[]
  readonly #blocks: readonly { readonly start: number; readonly count: number; readonly matrix: Tensor2D }[]

  constructor(engine: Engine, real: readonly Grouped[]) {
    this.#engine = engine
    this.#shape = windowShape(real[0]?.plane.edge ?? 16)
    this.#real = real.map(({ plane, group }) => ({ ...describeWindows(plane, this.#shape), group }))
    const { cells } = this.#shape
    const variants = coarseShifts(this.#shape).length
    const blocks: { readonly start: number; readonly count: number; readonly matrix: Tensor2D }[] = []
    for (let start = 0; start < real.length; start += realAtOnce) {
      const count = Math.min(realAtOnce, real.length - start)
      const values = new Float32Array(count * variants * cells * cells)
      for (let index = 0; index < count; index++) {
        values.set(this.#real[start + index]?.coarse ?? [], index * variants * cells * cells)
      }
      // [cells², count · variants]: products with a transposed matrix take the slow way in tfjs.
      const matrix = engine.tf.tidy(() =>
        engine.tf.tensor2d(values, [count * variants, cells * cells]).transpose<Tensor2D>(),
      )
      blocks.push({ start, count, matrix })
    }
    this.#blocks = blocks
  }

  find(candidates: readonly Grouped[]): readonly Nearest[] {
    const nearest: Nearest[] = []
    for (let start = 0; start < candidates.length; start += candidatesAtOnce)
      nearest.push(...this.#findFew(candidates.slice(start, start + candidatesAtOnce)))
    return nearest
  }

  dispose(): void {
    for (const { matrix } of this.#blocks) matrix.dispose()
  }

  #findFew(candidates: readonly Grouped[]): readonly Nearest[] {
    const windows = candidates.map(({ plane }) => flippedWindows(plane, this.#shape))
    const lists = this.#shortlist(candidates, windows)
    return lists.map((list, at) => {
      let best: Nearest = { index: -1, distance: Infinity }
      for (const { real, flip, shift } of list) {
        const own = windows[at]?.[flip]
        const other = this.#real[real]
        if (own === undefined || other === undefined) continue
        const similarity = compareAt(own, other, { shape: this.#shape, around: shift })
        const distance = Math.sqrt(Math.max(0, 2 - 2 * similarity))
        if (distance < best.distance) best = { index: real, distance }
      }
      return best
    })
  }

  #shortlist(
    candidates: readonly Grouped[],
    windows: readonly (readonly FlippedWindow[])[],
  ): readonly (readonly Likely[])[] {
    const { tf } = this.#engine
    const { cells } = this.#shape
    const shifts = coarseShifts(this.#shape)
    const flips = windows[0]?.length ?? 0
    const coarse = new Float32Array(candidates.length * flips * cells * cells)
    windows.forEach((flipped, at) => {
      flipped.forEach((window, flip) => {
        coarse.set(window.coarse, (at * flips + flip) * cells * cells)
      })
    })
    const lists = candidates.map(() => new Shortlist())
    const own = tf.tensor2d(coarse, [candidates.length * flips, cells * cells])
    for (const { start, count, matrix } of this.#blocks) {
      // [candidates · flips, count · shifts]
      const product = tf.matMul(own, matrix)
      const products = product.dataSync<'float32'>()
      product.dispose()
      const width = count * shifts.length
      candidates.forEach(({ group }, at) => {
        const list = lists[at]
        for (let index = 0; index < count; index++) {
          const real = start + index
          if (group !== null && this.#real[real]?.group === group) continue
          let best = -Infinity
          let place = 0
          for (let flip = 0; flip < flips; flip++) {
            const from = (at * flips + flip) * width + index * shifts.length
            for (let shift = 0; shift < shifts.length; shift++) {
              const value = products[from + shift] as number
              if (value > best) {
                best = value
                place = flip * shifts.length + shift
              }
            }
          }
          list?.offer(best, {
            real,
            flip: Math.floor(place / shifts.length),
            shift: shifts[place % shifts.length] ?? noShift,
          })
        }
      })
    }
    own.dispose()
    return lists.map((list) => list.entries)
  }
}

interface Likely {
  readonly real: number
  readonly flip: number
  readonly shift: { readonly x: number; readonly y: number }
}

/** The most similar so far. */
class Shortlist {
  readonly #found: { readonly value: number; readonly entry: Likely }[] = []

  get entries(): readonly Likely[] {
    return this.#found.map(({ entry }) => entry)
  }

  offer(value: number, entry: Likely): void {
    const last = this.#found.at(-1)
    if (this.#found.length === shortlistLength && last !== undefined && value <= last.value) return
    let place = this.#found.length
    while (place > 0 && (this.#found[place - 1]?.value ?? Infinity) < value) place--
    this.#found.splice(place, 0, { value, entry })
    if (this.#found.length > shortlistLength) this.#found.pop()
  }
}
