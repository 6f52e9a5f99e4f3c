import type { Sha256 } from '../../../contract/ids.ts'
import { selectRows, type FeatureMatrix } from '../../metrics/feature-matrix.ts'
import { median } from '../../metrics/order-statistics.ts'
import { nearestRows, type NearestRow } from '../../metrics/nearest-rows.ts'
import { fitStandardisation, standardise, type Standardisation } from '../../metrics/standardise.ts'
import { domainFeatureLength, domainFolds, domainVectorLength } from '../embedding/domain-networks.ts'
import type { FeatureStore } from './feature-store.ts'
import { plainScore, type Score } from './score.ts'
import type { Item, RealItem } from './score-set.ts'

/** One space of features, scaled by the real pictures. */
interface Space {
  readonly real: FeatureMatrix
  readonly standardisation: Standardisation
  /** The median distance of a real picture to the nearest one of its class and another group; 1 where there is none. */
  readonly usual: number
}

/** What features say of pictures, compared with the real ones of their class. */
export class FeatureScores {
  readonly #random: FeatureStore
  /** Null where there is one class: nothing can be learned. */
  readonly #domain: FeatureStore | null
  readonly #real: readonly RealItem[]
  readonly #classCount: number
  readonly #randomSpace: Space
  readonly #domainSpaces: readonly Space[]
  readonly #indices = new Map<number, number[]>()

  constructor({
    random,
    domain,
    real,
    classCount,
  }: {
    readonly random: FeatureStore
    readonly domain: FeatureStore | null
    readonly real: readonly RealItem[]
    readonly classCount: number
  }) {
    this.#random = random
    this.#domain = domain
    this.#real = real
    this.#classCount = classCount
    const hashes = real.map(({ sha256 }) => sha256)
    real.forEach(({ label }, index) => {
      const ofClass = this.#indices.get(label)
      if (ofClass === undefined) this.#indices.set(label, [index])
      else ofClass.push(index)
    })
    this.#randomSpace = this.#asSpace(random.select(hashes), () => true)
    this.#domainSpaces =
      domain === null
        ? []
        : Array.from({ length: domainFolds }, (_, fold) =>
            // As its network has seen none of them.
            this.#asSpace(domain.select(hashes, this.#columns(fold)), (picture) => picture.fold === fold),
          )
  }

  /** Pictures of one class. */
  score(pictures: readonly Item[], label: number): readonly (readonly Score[])[] {
    const indices = this.#indices.get(label) ?? []
    const random = this.#nearestIn(this.#randomSpace, {
      pictures,
      indices,
      features: this.#random.select(pictures.map(({ sha256 }) => sha256)),
    })
    const domain = this.#nearestInDomain(pictures, indices)
    return pictures.map((picture, at) => [
      ...distanceScore('randomDistance', random[at]),
      ...distanceScore('domainDistance', domain[at]),
      ...this.#agreement(picture, label),
    ])
  }

  /** Features by the fixed random network, scaled by the real pictures: what runs are judged in. */
  scaled(hashes: readonly Sha256[]): FeatureMatrix {
    return standardise(this.#random.select(hashes), this.#randomSpace.standardisation)
  }

  #columns(fold: number): { readonly from: number; readonly length: number } {
    return { from: fold * domainVectorLength(this.#classCount), length: domainFeatureLength }
  }

  #asSpace(features: FeatureMatrix, counts: (picture: RealItem) => boolean): Space {
    const standardisation = fitStandardisation(features)
    const space: Space = { real: standardise(features, standardisation), standardisation, usual: 1 }
    const distances = [...this.#indices.values()].flatMap((indices) => {
      const own = indices.filter((index) => {
        const picture = this.#real[index]
        return picture !== undefined && counts(picture)
      })
      const pictures = own.flatMap((index) => this.#real[index] ?? [])
      return this.#nearestIn(space, { pictures, indices, features: selectRows(features, own) }).flatMap(
        ({ index, distance }) => (index < 0 ? [] : [distance]),
      )
    })
    const usual = distances.length === 0 ? 0 : median(Float32Array.from(distances))
    return { ...space, usual: usual === 0 ? 1 : usual }
  }

  #nearestIn(
    { real, standardisation, usual }: Space,
    {
      pictures,
      indices,
      features,
    }: {
      readonly pictures: readonly Item[]
      readonly indices: readonly number[]
      readonly features: FeatureMatrix
    },
  ): readonly NearestRow[] {
    const found = nearestRows(standardise(features, standardisation), selectRows(real, indices), (row, other) => {
      const group = pictures[row]?.group ?? null
      return group === null || this.#real[indices[other] ?? -1]?.group !== group
    })
    return found.map(({ index, distance }) => ({ index: indices[index] ?? -1, distance: distance / usual }))
  }

  /** A real picture in the space of the network that did not see it; any other one in all spaces, of which the median counts. */
  #nearestInDomain(pictures: readonly Item[], indices: readonly number[]): readonly (NearestRow | undefined)[] {
    const domain = this.#domain
    if (domain === null) return []
    const perFold = this.#domainSpaces.map((space, fold) => {
      const rows = pictures.flatMap((picture, at) => (picture.fold === null || picture.fold === fold ? [at] : []))
      const some = rows.flatMap((at) => pictures[at] ?? [])
      const features = domain.select(
        some.map(({ sha256 }) => sha256),
        this.#columns(fold),
      )
      const found = this.#nearestIn(space, { pictures: some, indices, features })
      return new Map(rows.map((at, row) => [at, found[row]]))
    })
    return pictures.map((_, at) => {
      const found = perFold.flatMap((each) => each.get(at) ?? []).sort((a, b) => a.distance - b.distance)
      return found[Math.floor((found.length - 1) / 2)]
    })
  }

  #agreement({ sha256, fold }: Item, label: number): readonly Score[] {
    if (this.#domain === null) return []
    const vector = this.#domain.select([sha256]).values
    const perFold = domainVectorLength(this.#classCount)
    // A network that has seen nothing of a class cannot name it.
    const judges = Array.from({ length: domainFolds }, (_, each) => each).filter(
      (each) =>
        (fold === null || each === fold) &&
        (this.#indices.get(label) ?? []).some((index) => this.#real[index]?.fold !== each),
    )
    if (judges.length === 0) return []
    const mean = Array.from(
      { length: this.#classCount },
      (_, at) =>
        judges.reduce((sum, each) => sum + (vector[each * perFold + domainFeatureLength + at] ?? 0), 0) / judges.length,
    )
    const namedLabel = mean.indexOf(Math.max(...mean))
    return [{ ...plainScore('classAgreement', mean[label] ?? 0), namedLabel }]
  }
}

const distanceScore = (name: 'randomDistance' | 'domainDistance', found: NearestRow | undefined): readonly Score[] =>
  found === undefined || found.index < 0 ? [] : [{ ...plainScore(name, found.distance), nearest: found.index }]
