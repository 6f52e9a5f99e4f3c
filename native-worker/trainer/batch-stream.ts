import { readFile } from 'node:fs/promises'
import { FlawsmithError } from '../../contract/errors.ts'
import type { Sha256 } from '../../contract/ids.ts'
import type { BrightnessSpread } from './adversarial/gan.ts'
import type { TrainingSet } from '../../contract/trainer.ts'
import { sha256Of } from '../files/sha256-of.ts'
import { RandomStream } from '../random/random-stream.ts'

/** Where one shuffled deck of images stands. */
export interface DeckPosition {
  readonly epoch: number
  readonly position: number
}

export interface Batch {
  /** [count, size, size, channels] in [-1, 1] */
  readonly images: Float32Array
  readonly labels: readonly number[]
}

/**
 * The images of a run in memory, handed out in shuffled epochs that run into each other: from one deck, or from a deck a class
 * where a recipe balances classes.
 */
export class BatchStream {
  readonly #pixels: Uint8Array
  readonly #labels: readonly number[]
  readonly #classSizes: readonly number[]
  readonly #imageLength: number
  /** The whole set first, then one deck a class. */
  readonly #decks: readonly Deck[]
  readonly #order: RandomStream

  constructor({
    set,
    pixels,
    seed,
    order,
    positions,
  }: {
    set: TrainingSet
    pixels: Uint8Array
    seed: number
    /** Draws the classes of balanced batches. */
    order: RandomStream
    /** From a checkpoint; null at the start. */
    positions: readonly DeckPosition[] | null
  }) {
    this.#pixels = pixels
    this.#imageLength = set.size * set.size * set.channels
    this.#classSizes = set.classes.map(({ images }) => images)
    this.#labels = this.#classSizes.flatMap((images, label) => Array.from({ length: images }, () => label))
    this.#order = order
    const all = this.#labels.map((_, index) => index)
    const byClass = this.#classSizes.map((_, label) => all.filter((index) => this.#labels[index] === label))
    this.#decks = [all, ...byClass].map(
      (images, index) =>
        new Deck(images, { seed, name: `deck ${index}`, start: positions?.[index] ?? { epoch: 0, position: 0 } }),
    )
  }

  get positions(): readonly DeckPosition[] {
    return this.#decks.map(({ at }) => at)
  }

  /** @param exponent classes in proportion to size^exponent; null for the set as it comes */
  next(count: number, exponent: number | null): Batch {
    const images = new Float32Array(count * this.#imageLength)
    const labels: number[] = []
    for (let slot = 0; slot < count; slot++) {
      const deck = this.#decks[exponent === null ? 0 : 1 + this.#drawClass(exponent)]
      const index = deck?.next() ?? 0
      images.set(this.#scaled(index), slot * this.#imageLength)
      labels.push(this.#labels[index] ?? 0)
    }
    return { images, labels }
  }

  /** How far the images' mean brightness spreads, in the units of `next`. */
  brightness(): BrightnessSpread {
    const means = this.#labels.map((_, index) => {
      const image = this.#pixels.subarray(index * this.#imageLength, (index + 1) * this.#imageLength)
      return image.reduce((total, value) => total + value, 0) / this.#imageLength / 127.5
    })
    const classes = this.#classSizes
      .map((_, label) => means.filter((_mean, index) => this.#labels[index] === label))
      .filter((ofClass) => ofClass.length > 0)
    return {
      overall: Math.sqrt(variance(means)),
      withinClasses: Math.sqrt(classes.reduce((total, each) => total + variance(each), 0) / classes.length),
    }
  }

  #scaled(index: number): Float32Array {
    const bytes = this.#pixels.subarray(index * this.#imageLength, (index + 1) * this.#imageLength)
    const values = new Float32Array(bytes.length)
    for (let offset = 0; offset < values.length; offset++) values[offset] = (bytes[offset] ?? 0) / 127.5 - 1
    return values
  }

  #drawClass(exponent: number): number {
    const weights = this.#classSizes.map((images) => (images === 0 ? 0 : images ** exponent))
    let left = this.#order.uniform() * weights.reduce((total, weight) => total + weight, 0)
    const label = weights.findIndex((weight) => (left -= weight) < 0)
    return label < 0 ? 0 : label
  }
}

/** Of one value, 0. */
function variance(values: readonly number[]): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / Math.max(1, values.length)
}

/** Images dealt one by one, shuffled anew each epoch from seed, name and epoch, so that any position can be found again. */
class Deck {
  readonly #images: readonly number[]
  readonly #seed: number
  readonly #name: string
  #epoch: number
  #position: number
  #order: readonly number[]

  constructor(images: readonly number[], { seed, name, start }: { seed: number; name: string; start: DeckPosition }) {
    this.#images = images
    this.#seed = seed
    this.#name = name
    this.#epoch = start.epoch
    this.#position = start.position
    this.#order = this.#shuffled()
  }

  get at(): DeckPosition {
    return { epoch: this.#epoch, position: this.#position }
  }

  next(): number {
    if (this.#position >= this.#order.length) {
      this.#epoch++
      this.#position = 0
      this.#order = this.#shuffled()
    }
    return this.#order[this.#position++] ?? 0
  }

  #shuffled(): readonly number[] {
    const random = RandomStream.fromSeed(this.#seed, `${this.#name} epoch ${this.#epoch}`)
    const order = [...this.#images]
    for (let last = order.length - 1; last > 0; last--) {
      const other = random.integer(last + 1)
      const moved = order[last] ?? 0
      order[last] = order[other] ?? 0
      order[other] = moved
    }
    return order
  }
}

/**
 * @param sha256 what was recorded of the file; null where nothing was
 * @throws FlawsmithError `class_too_small` without images, `image_missing` where the file does not hold what the set says,
 *   `training_set_changed` where it is not what was recorded
 */
export async function readTrainingSet(set: TrainingSet, sha256: Sha256 | null): Promise<Uint8Array> {
  const images = set.classes.reduce((total, { images: count }) => total + count, 0)
  if (images === 0)
    throw new FlawsmithError('class_too_small', 'There is no image to learn from. Import some first.', {})
  const pixels = await readFile(set.file)
  const expected = images * set.size * set.size * set.channels
  if (pixels.length !== expected) {
    throw new FlawsmithError(
      'image_missing',
      `${set.file} holds ${pixels.length} bytes where ${images} images need ${expected}. Start the run again.`,
      { file: set.file, bytes: pixels.length, expected },
    )
  }
  if (sha256 !== null && sha256Of(pixels) !== sha256) {
    throw new FlawsmithError(
      'training_set_changed',
      `${set.file} is not what was packed for this run: it was changed since. Start a new run.`,
      { file: set.file },
    )
  }
  return pixels
}
