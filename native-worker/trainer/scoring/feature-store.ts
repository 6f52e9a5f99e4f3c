import type { Sha256 } from '../../../contract/ids.ts'
import { appendFeatures, readFeatures } from '../../files/feature-file.ts'
import type { FeatureMatrix } from '../../metrics/feature-matrix.ts'
import { extractFeatures, type FeatureNetwork } from '../embedding/feature-network.ts'
import type { Engine } from '../engines/engine.ts'
import type { PackedPictures } from './packed-pictures.ts'

export interface StoredPicture {
  readonly sha256: Sha256
  /** In the packed file; null where it was not packed, since its features are known. */
  readonly place: number | null
}

/** Pictures whose features are computed and kept at once. */
const chunk = 64

/** Features of pictures by one network, each computed once and kept by the hash of the picture. */
export class FeatureStore {
  readonly #file: string
  readonly #length: number
  readonly #known: Map<Sha256, Float32Array>
  #computed = 0

  constructor(file: string, length: number) {
    this.#file = file
    this.#length = length
    this.#known = new Map(readFeatures(file, length))
  }

  /** Of how many pictures they had to be computed. */
  get computed(): number {
    return this.#computed
  }

  has(sha256: Sha256): boolean {
    return this.#known.has(sha256)
  }

  /** Computes and keeps the features of those pictures of which they are not known. */
  complete(
    pictures: readonly StoredPicture[],
    {
      engine,
      packed,
      network,
      onProgress,
    }: {
      readonly engine: Engine
      readonly packed: PackedPictures
      readonly network: FeatureNetwork
      readonly onProgress: (done: number) => void
    },
  ): void {
    const seen = new Set<Sha256>()
    const missing = pictures.filter(({ sha256, place }) => {
      if (place === null || this.#known.has(sha256) || seen.has(sha256)) return false
      seen.add(sha256)
      return true
    })
    for (let start = 0; start < missing.length; start += chunk) {
      const some = missing.slice(start, start + chunk)
      const { columns, values } = extractFeatures({ engine, network }, packed.read(some.map(({ place }) => place ?? 0)))
      const vectors = some.map(({ sha256 }, row) => [sha256, values.slice(row * columns, (row + 1) * columns)] as const)
      appendFeatures(this.#file, { length: this.#length, vectors })
      for (const [sha256, vector] of vectors) this.#known.set(sha256, vector)
      this.#computed += some.length
      onProgress(start + some.length)
    }
  }

  /** Some columns of some pictures; all of them have to be known. */
  select(
    hashes: readonly Sha256[],
    { from = 0, length = this.#length }: { readonly from?: number; readonly length?: number } = {},
  ): FeatureMatrix {
    const values = new Float32Array(hashes.length * length)
    hashes.forEach((sha256, row) => {
      const vector = this.#known.get(sha256)
      if (vector === undefined) throw new Error(`no features of ${sha256} are known`)
      values.set(vector.subarray(from, from + length), row * length)
    })
    return { rows: hashes.length, columns: length, values }
  }
}
