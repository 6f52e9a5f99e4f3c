import type { TrainingSet } from '../../../contract/trainer.ts'
import type { Metric } from '../../../contract/training.ts'
import { selectRows, type FeatureMatrix } from '../../metrics/feature-matrix.ts'
import { meanOverClasses, realDistanceFloor, scoreClass } from '../../metrics/score-classes.ts'
import { fitStandardisation, standardise, type Standardisation } from '../../metrics/standardise.ts'
import { drawRows } from '../../metrics/draw-rows.ts'
import type { Engine } from '../engines/engine.ts'
import type { Gan } from '../adversarial/gan.ts'
import { drawImages } from '../draw-images.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { extractFeatures, type FeatureNetwork } from './feature-network.ts'
import { createRandomFeatures } from './random-features.ts'

export interface LiveMetricsOptions {
  readonly engine: Engine
  readonly set: TrainingSet
  /** All images of the set, as in its file. */
  readonly pixels: Uint8Array
  readonly seed: number
}

interface Reference {
  readonly network: FeatureNetwork
  readonly standardisation: Standardisation
  /** z-scored features of some real images, by class. */
  readonly classes: readonly FeatureMatrix[]
  readonly floor: number | null
}

const mostPerClass = 64
const mostImages = 512
const fewestSecondsBetween = 30
/** Of the time since the last measurement. */
const largestShareOfTime = 0.1

/**
 * How the generator does while it trains: `coverage`, `diversity`, `kid`, `kidFloor`, and `diversity:<class>` and
 * `coverage:<class>` for every class large enough. Compared with at most 64 images a class of those it learns from, in the
 * space of fixed random features; every class weighs the same. Has its own random streams, the same latents every time, and
 * keeps nothing but the real images' features: a run is bit for bit the same with and without it.
 */
export class LiveMetrics {
  readonly #options: LiveMetricsOptions
  readonly #perClass: number
  #reference: Reference | null = null
  #measuredAt: number
  #costSeconds = 0

  constructor(options: LiveMetricsOptions, nowSeconds: number) {
    this.#options = options
    this.#perClass = Math.max(8, Math.min(mostPerClass, Math.floor(mostImages / options.set.classes.length)))
    this.#measuredAt = nowSeconds
  }

  /** At most every 30 seconds, and so seldom that measuring stays below a tenth of the time. */
  isDue(nowSeconds: number): boolean {
    const pause = Math.max(fewestSecondsBetween, this.#costSeconds / largestShareOfTime)
    return nowSeconds - this.#measuredAt >= pause
  }

  measure(gan: Gan): readonly Metric[] {
    const began = performance.now()
    this.#reference ??= this.#describeReal()
    const { classes, floor } = this.#reference
    const scores = classes.map((real, label) => ({
      name: this.#options.set.classes[label]?.name ?? String(label),
      ...scoreClass({ real, synthetic: this.#drawFeatures(gan, label) }),
    }))
    const metrics = [
      ...measured(null, {
        coverage: meanOverClasses(scores.map(({ coverage }) => coverage)),
        diversity: meanOverClasses(scores.map(({ diversity }) => diversity)),
        kid: meanOverClasses(scores.map(({ distance }) => distance)),
        kidFloor: floor,
      }),
      ...scores.flatMap(({ name, coverage, diversity }) => measured(name, { coverage, diversity })),
    ]
    const ended = performance.now()
    this.#costSeconds = (ended - began) / 1000
    this.#measuredAt = ended / 1000
    return metrics
  }

  #drawFeatures(gan: Gan, label: number): FeatureMatrix {
    const { engine, set, seed } = this.#options
    const { network, standardisation } = this.#referenceOrThrow()
    const random = RandomStream.fromSeed(seed, `evaluation ${label}`)
    const latents = Array.from({ length: this.#perClass }, () => ({ values: random.normals(gan.latentLength), label }))
    const images = drawImages({ engine, gan }, latents)
    const { size, channels } = set
    const pixels = new Uint8Array(images.length * size * size * channels)
    images.forEach((image, index) => {
      pixels.set(image, index * image.length)
    })
    const features = extractFeatures({ engine, network }, { pixels, count: images.length, size, channels })
    return standardise(features, standardisation)
  }

  #referenceOrThrow(): Reference {
    if (this.#reference === null) throw new Error('the real images have not been described yet')
    return this.#reference
  }

  #describeReal(): Reference {
    const { engine, set, pixels, seed } = this.#options
    const { size, channels } = set
    const imageLength = size * size * channels
    const network = createRandomFeatures(engine)
    const random = RandomStream.fromSeed(seed, 'evaluation reference')
    const chosen: number[] = []
    const bounds: { readonly start: number; readonly count: number }[] = []
    let first = 0
    for (const { images } of set.classes) {
      const rows = drawRows(random, { rows: images, count: Math.min(images, this.#perClass) })
      bounds.push({ start: chosen.length, count: rows.length })
      chosen.push(...rows.map((row) => first + row))
      first += images
    }
    const picked = new Uint8Array(chosen.length * imageLength)
    chosen.forEach((image, index) => {
      picked.set(pixels.subarray(image * imageLength, (image + 1) * imageLength), index * imageLength)
    })
    const features = extractFeatures({ engine, network }, { pixels: picked, count: chosen.length, size, channels })
    const standardisation = fitStandardisation(features)
    const scaled = standardise(features, standardisation)
    const classes = bounds.map(({ start, count }) =>
      selectRows(
        scaled,
        Array.from({ length: count }, (_, index) => start + index),
      ),
    )
    return { network, standardisation, classes, floor: realDistanceFloor(classes, { random }) }
  }
}

/** What could be measured, as metrics of one class or of the run. */
const measured = (className: string | null, values: Readonly<Record<string, number | null>>): readonly Metric[] =>
  Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [{ name, className, value }]))
