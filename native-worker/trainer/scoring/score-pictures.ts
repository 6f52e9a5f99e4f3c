import { highPass, toPlane } from '../../metrics/high-pass.ts'
import { measureGrain } from '../../metrics/grain.ts'
import { measureDetail } from '../../metrics/image-detail.ts'
import { median } from '../../metrics/order-statistics.ts'
import { NearestReal } from '../embedding/nearest-real.ts'
import type { ImageBatch } from '../embedding/feature-network.ts'
import type { Engine } from '../engines/engine.ts'
import type { PackedPictures } from './packed-pictures.ts'
import { plainScore, type Score } from './score.ts'

/** Pictures whose pixels are in memory at once. */
const chunk = 64

/** The real pictures of one class, as pictures. */
export class PicturesOfClass {
  readonly #nearest: NearestReal
  readonly #indices: readonly number[]
  readonly #grain: number
  readonly #sharpness: number

  /** @param real places in the packed file, indices among all real pictures, and groups */
  constructor(
    engine: Engine,
    {
      packed,
      real,
    }: {
      readonly packed: PackedPictures
      readonly real: readonly { readonly place: number; readonly index: number; readonly group: number }[]
    },
  ) {
    const described = inChunks(
      real.map(({ place }) => place),
      packed,
    ).flatMap(describe)
    this.#indices = real.map(({ index }) => index)
    this.#grain = median(Float32Array.from(described, ({ grain }) => grain))
    this.#sharpness = median(Float32Array.from(described, ({ sharpness }) => sharpness))
    this.#nearest = new NearestReal(
      engine,
      described.map(({ plane }, at) => ({ plane, group: real[at]?.group ?? 0 })),
    )
  }

  /** Scores of some pictures, at most some hundred, by their pixels alone. */
  score(
    pictures: readonly { readonly place: number; readonly group: number | null }[],
    packed: PackedPictures,
  ): readonly (readonly Score[])[] {
    const described = inChunks(
      pictures.map(({ place }) => place),
      packed,
    ).flatMap(describe)
    const nearest = this.#nearest.find(
      described.map(({ plane }, at) => ({ plane, group: pictures[at]?.group ?? null })),
    )
    return described.map(({ grain, sharpness }, at) => {
      const { index, distance } = nearest[at] ?? { index: -1, distance: Infinity }
      return [
        ...(index < 0 ? [] : [{ ...plainScore('imageDistance', distance), nearest: this.#indices[index] ?? null }]),
        ...ratio('grainRatio', grain, this.#grain),
        ...ratio('sharpnessRatio', sharpness, this.#sharpness),
      ]
    })
  }

  dispose(): void {
    this.#nearest.dispose()
  }
}

/** Nothing where the real pictures have none of it. */
const ratio = (name: 'grainRatio' | 'sharpnessRatio', value: number, ofReal: number): readonly Score[] =>
  ofReal === 0 ? [] : [plainScore(name, value / ofReal)]

function inChunks(places: readonly number[], packed: PackedPictures): readonly ImageBatch[] {
  const batches: ImageBatch[] = []
  for (let start = 0; start < places.length; start += chunk)
    batches.push(packed.read(places.slice(start, start + chunk)))
  return batches
}

function describe({ pixels, count, size, channels }: ImageBatch) {
  const length = size * size * channels
  return Array.from({ length: count }, (_, index) => {
    const own = pixels.subarray(index * length, (index + 1) * length)
    const plane = toPlane(own, { size, channels })
    return {
      plane: highPass(plane),
      grain: measureGrain(plane),
      sharpness: measureDetail({ pixels: own, count: 1, size, channels }).sharpness,
    }
  })
}
