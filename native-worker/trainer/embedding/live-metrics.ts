import type { TrainingSet } from '../../../contract/trainer.ts'
import type { Metric } from '../../../contract/training.ts'
import { selectRows, type FeatureMatrix } from '../../metrics/feature-matrix.ts'
import { meanOverClasses, realCoverageFloor, realDistanceFloor, scoreClass } from '../../metrics/score-classes.ts'
import { measureDetail, type ImageDetail } from '../../metrics/image-detail.ts'
import { fitStandardisation, standardise, type Standardisation } from '../../metrics/standardise.ts'
import { drawRows } from '../../metrics/draw-rows.ts'
import type { Engine } from '../engines/engine.ts'
import type { Gan } from '../adversarial/gan.ts'
import { drawImages } from '../draw-images.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { extractFeatures, type FeatureNetwork, type ImageBatch } from './feature-network.ts'
import { createRandomFeatures } from './random-features.ts'

export interface LiveMetricsOptions {
  readonly engine: Engine
  readonly set: TrainingSet
  /** All images of the set, as in its file. */
  readonly pixels: Uint8Array
  readonly seed: number
}

/** Some real images of a class. */
interface RealClass {
  readonly name: string
  /** z-scored. */
  readonly features: FeatureMatrix
  readonly detail: ImageDetail
  readonly floor: number | null
  readonly coverageFloor: number | null
}

interface Reference {
  readonly network: FeatureNetwork
  readonly standardisation: Standardisation
  readonly classes: readonly RealClass[]
  /** As a mean over the classes. */
  readonly floor: number | null
}

type Figure = 'coverage' | 'coverageFloor' | 'diversity' | 'kid' | 'kidFloor' | 'contrast' | 'sharpness'

const mostPerClass = 64
const mostImages = 512
const fewestSecondsBetween = 30
/** A run of a minute shall have a course, too. */
const firstMeasurements = 4
const fewestSecondsBetweenFirst = 10
/** Of the time since the last measurement. */
const largestShareOfTime = 0.1

/**
 * How the generator does while it trains: `coverage`, `coverageFloor`, `diversity`, `kid` and `kidFloor` of the run and of every
 * class large enough; and of every class `images`, how many real ones it is compared with, and `contrast` and `sharpness`, as a share of those
 * of the real ones. Compared with at most 64 images a class of those it learns from, in the space of fixed random features; every
 * class weighs the same. Has its own random streams, the same latents every time, and keeps nothing but what describes the real
 * images: a run is bit for bit the same with and without it.
 */
export class LiveMetrics {
  readonly #options: LiveMetricsOptions
  readonly #perClass: number
  #reference: Reference | null = null
  #measuredAt: number
  #costSeconds = 0
  #measurements = 0

  constructor(options: LiveMetricsOptions, nowSeconds: number) {
    this.#options = options
    this.#perClass = Math.max(8, Math.min(mostPerClass, Math.floor(mostImages / options.set.classes.length)))
    this.#measuredAt = nowSeconds
  }

  /** At most every 30 seconds, the first few of a sitting every 10, and so seldom that measuring stays below a tenth of the time. */
  isDue(nowSeconds: number): boolean {
    const fewest = this.#measurements < firstMeasurements ? fewestSecondsBetweenFirst : fewestSecondsBetween
    const pause = Math.max(fewest, this.#costSeconds / largestShareOfTime)
    return nowSeconds - this.#measuredAt >= pause
  }

  measure(gan: Gan): readonly Metric[] {
    const began = performance.now()
    this.#reference ??= this.#describeReal()
    const { classes, floor } = this.#reference
    const scores = classes.map((real, label) => this.#scoreClass(gan, { real, label }))
    const metrics = [
      ...measured(null, {
        coverage: meanOverClasses(scores.map(({ coverage }) => coverage)),
        coverageFloor: meanOverClasses(classes.map(({ coverageFloor }) => coverageFloor)),
        diversity: meanOverClasses(scores.map(({ diversity }) => diversity)),
        kid: meanOverClasses(scores.map(({ kid }) => kid)),
        kidFloor: floor,
      }),
      ...scores.flatMap(({ name, ...values }) => measured(name, values)),
    ]
    const ended = performance.now()
    this.#costSeconds = (ended - began) / 1000
    this.#measuredAt = ended / 1000
    this.#measurements++
    return metrics
  }

  #scoreClass(
    gan: Gan,
    { real, label }: { real: RealClass; label: number },
  ): Readonly<Record<Figure, number | null>> & {
    readonly name: string
    readonly images: number
  } {
    const { engine } = this.#options
    const { network, standardisation } = this.#referenceOrThrow()
    const drawn = this.#draw(gan, label)
    const synthetic = standardise(extractFeatures({ engine, network }, drawn), standardisation)
    const { coverage, diversity, distance } = scoreClass({ real: real.features, synthetic })
    const detail = measureDetail(drawn)
    return {
      name: real.name,
      images: real.features.rows,
      coverage,
      coverageFloor: real.coverageFloor,
      diversity,
      kid: distance,
      kidFloor: real.floor,
      contrast: shareOf(detail.contrast, real.detail.contrast),
      sharpness: shareOf(detail.sharpness, real.detail.sharpness),
    }
  }

  #draw(gan: Gan, label: number): ImageBatch {
    const { engine, set, seed } = this.#options
    const random = RandomStream.fromSeed(seed, `evaluation ${label}`)
    const latents = Array.from({ length: this.#perClass }, () => ({ values: random.normals(gan.latentLength), label }))
    const images = drawImages({ engine, gan }, latents)
    const { size, channels } = set
    const pixels = new Uint8Array(images.length * size * size * channels)
    images.forEach((image, index) => {
      pixels.set(image.pixels, index * image.pixels.length)
    })
    return { pixels, count: images.length, size, channels }
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
    const classes = bounds.map(({ start, count }, label) => {
      const ofClass = selectRows(
        scaled,
        Array.from({ length: count }, (_, index) => start + index),
      )
      const ownPixels = picked.subarray(start * imageLength, (start + count) * imageLength)
      return {
        name: set.classes[label]?.name ?? String(label),
        features: ofClass,
        detail: measureDetail({ pixels: ownPixels, count, size, channels }),
        floor: realDistanceFloor([ofClass], { random: RandomStream.fromSeed(seed, `evaluation floor ${label}`) }),
        coverageFloor: realCoverageFloor(ofClass, {
          random: RandomStream.fromSeed(seed, `evaluation coverage floor ${label}`),
        }),
      }
    })
    const floor = realDistanceFloor(
      classes.map(({ features: ofClass }) => ofClass),
      { random },
    )
    return { network, standardisation, classes, floor }
  }
}

/** What could be measured, as metrics of one class or of the run. */
const measured = (className: string | null, values: Readonly<Record<string, number | null>>): readonly Metric[] =>
  Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [{ name, className, value }]))

/** Null where reality has none of it: images of one plain tone. */
const shareOf = (synthetic: number, real: number): number | null => (real === 0 ? null : synthetic / real)
