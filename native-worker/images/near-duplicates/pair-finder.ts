import { CandidateIndex } from './candidate-index.ts'
import { correlate } from './correlate.ts'
import { inverse, orientations } from './orientations.ts'
import { poses } from './sketch.ts'

/** Two pictures that show the same, and how the second lies on the first. */
export interface Pair {
  readonly first: number
  readonly second: number
  readonly correlation: number
  /** Index into `orientations`. */
  readonly orientation: number
}

/** In 1/64 of the edge. */
const reach = 7
/** After so many in a row that are not the same, the rest is less alike still. */
const mostMisses = 4

/** Confirms what the sketches propose: pairs that correlate by at least `threshold`. */
export class PairFinder {
  readonly #spectra: Int8Array
  readonly #count: number
  readonly #threshold: number
  readonly #index: CandidateIndex
  /** By pair and orientation: what comes of one does not depend on which picture it was found from. */
  readonly #tried = new Map<number, number>()

  constructor({
    spectra,
    count,
    threshold,
  }: {
    readonly spectra: Int8Array
    readonly count: number
    readonly threshold: number
  }) {
    this.#spectra = spectra
    this.#count = count
    this.#threshold = threshold
    this.#index = new CandidateIndex({ spectra, count })
  }

  /** Pairs of a picture; some are found from the other one, too. */
  pairsOf(image: number): readonly Pair[] {
    const pairs: Pair[] = []
    let misses = 0
    for (const { second: other, pose } of this.#index.candidatesOf(image)) {
      if (misses === mostMisses) break
      const found = poses[pose]?.orientation ?? 0
      const [first, second, orientation] = image < other ? [image, other, inverse[found] ?? 0] : [other, image, found]
      const correlation = this.#correlate({ first, second, orientation })
      const isSame = correlation >= this.#threshold
      if (isSame) pairs.push({ first, second, correlation, orientation })
      misses = isSame ? 0 : misses + 1
    }
    return pairs
  }

  #correlate(pair: { readonly first: number; readonly second: number; readonly orientation: number }): number {
    const key = keyOf({ ...pair, count: this.#count }) * orientations.length + pair.orientation
    let value = this.#tried.get(key)
    if (value === undefined) this.#tried.set(key, (value = correlate(this.#spectra, { ...pair, reach }).value))
    return value
  }
}

/** The same for both orders of a pair. */
export const keyOf = ({
  first,
  second,
  count,
}: {
  readonly first: number
  readonly second: number
  readonly count: number
}): number => (first < second ? first * count + second : second * count + first)
