import { closeSync, openSync, readSync } from 'node:fs'
import type { Channels } from '../../../contract/project.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImageBatch } from '../embedding/feature-network.ts'

/** Pictures in a packed file, read some at a time: ten thousand may be more than memory holds. */
export class PackedPictures {
  readonly #file: string
  readonly #format: { readonly size: number; readonly channels: Channels }
  #descriptor: number | null = null

  constructor(file: string, format: { readonly size: number; readonly channels: Channels }) {
    this.#file = file
    this.#format = format
  }

  /** @param places of the pictures in the file */
  read(places: readonly number[]): ImageBatch {
    const { size, channels } = this.#format
    const length = size * size * channels
    const pixels = new Uint8Array(places.length * length)
    if (places.length > 0) this.#descriptor ??= openSync(this.#file, 'r')
    places.forEach((place, index) => {
      const target = pixels.subarray(index * length, (index + 1) * length)
      if (readSync(this.#descriptor ?? -1, target, { position: place * length }) !== length) throw cutShort(this.#file)
    })
    return { pixels, count: places.length, size, channels }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    this.#descriptor = null
  }
}

const cutShort = (file: string): FlawsmithError =>
  new FlawsmithError('training_set_changed', `${file} holds fewer pictures than were packed into it. Score again.`, {
    file,
  })
