import type { Channels } from '../../../contract/project.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { RecordReader } from '../../files/record-reader.ts'
import type { ImageBatch } from '../embedding/feature-network.ts'

/** Pictures in a packed file, read some at a time: ten thousand may be more than memory holds. */
export class PackedPictures {
  readonly #file: string
  readonly #format: { readonly size: number; readonly channels: Channels }
  readonly #records: RecordReader

  constructor(file: string, format: { readonly size: number; readonly channels: Channels }) {
    this.#file = file
    this.#format = format
    this.#records = new RecordReader(file)
  }

  /** @param places of the pictures in the file */
  read(places: readonly number[]): ImageBatch {
    const { size, channels } = this.#format
    const length = size * size * channels
    const pixels = new Uint8Array(places.length * length)
    places.forEach((place, index) => {
      const target = pixels.subarray(index * length, (index + 1) * length)
      if (!this.#records.read(place, target)) throw cutShort(this.#file)
    })
    return { pixels, count: places.length, size, channels }
  }

  close(): void {
    this.#records.close()
  }
}

const cutShort = (file: string): FlawsmithError =>
  new FlawsmithError('training_set_changed', `${file} holds fewer pictures than were packed into it. Score again.`, {
    file,
  })
