import { readFile } from 'node:fs/promises'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { TrainingSet } from '../../../contract/trainer.ts'
import type { RandomStream } from './random-stream.ts'

export interface BatchPosition {
  readonly epoch: number
  readonly position: number
}

export interface Batch {
  /** [count, size, size, channels] in [-1, 1] */
  readonly images: Float32Array
  readonly labels: readonly number[]
}

/** The images of a run in memory, handed out in shuffled epochs that run into each other. */
export class BatchStream {
  readonly #pixels: Uint8Array
  readonly #labels: readonly number[]
  readonly #imageLength: number
  readonly #shuffle: (epoch: number) => RandomStream
  #order: readonly number[] = []
  #epoch: number
  #position: number

  constructor({
    set,
    pixels,
    shuffle,
    position,
  }: {
    set: TrainingSet
    pixels: Uint8Array
    /** The stream that orders an epoch: from the epoch's number, so that any position can be found again. */
    shuffle: (epoch: number) => RandomStream
    position: BatchPosition
  }) {
    this.#pixels = pixels
    this.#imageLength = set.size * set.size * set.channels
    this.#labels = set.classes.flatMap(({ images }, label) => Array.from({ length: images }, () => label))
    this.#shuffle = shuffle
    this.#epoch = position.epoch
    this.#position = position.position
    this.#order = this.#orderOf(this.#epoch)
  }

  get position(): BatchPosition {
    return { epoch: this.#epoch, position: this.#position }
  }

  next(count: number): Batch {
    const images = new Float32Array(count * this.#imageLength)
    const labels: number[] = []
    for (let slot = 0; slot < count; slot++) {
      const index = this.#nextIndex()
      const start = index * this.#imageLength
      const target = slot * this.#imageLength
      for (let offset = 0; offset < this.#imageLength; offset++) {
        images[target + offset] = (this.#pixels[start + offset] ?? 0) / 127.5 - 1
      }
      labels.push(this.#labels[index] ?? 0)
    }
    return { images, labels }
  }

  #nextIndex(): number {
    if (this.#position === this.#order.length) {
      this.#epoch++
      this.#position = 0
      this.#order = this.#orderOf(this.#epoch)
    }
    return this.#order[this.#position++] ?? 0
  }

  #orderOf(epoch: number): readonly number[] {
    const random = this.#shuffle(epoch)
    const order = this.#labels.map((_, index) => index)
    for (let last = order.length - 1; last > 0; last--) {
      const other = random.integer(last + 1)
      const moved = order[last] ?? 0
      order[last] = order[other] ?? 0
      order[other] = moved
    }
    return order
  }
}

/** @throws FlawsmithError `class_too_small` without images, `image_missing` where the file does not hold what the set says */
export async function readTrainingSet(set: TrainingSet): Promise<Uint8Array> {
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
  return pixels
}
