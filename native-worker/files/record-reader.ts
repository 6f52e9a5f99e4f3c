import { closeSync, openSync, readSync } from 'node:fs'

/** Reads records of equal length from a file that may be larger than memory. Opened with the first one. */
export class RecordReader {
  readonly #file: string
  #descriptor: number | null = null

  constructor(file: string) {
    this.#file = file
  }

  /** Fills `target` with the record at this place, counted from 0; false where the file ends before it does. */
  read(place: number, target: Uint8Array): boolean {
    this.#descriptor ??= openSync(this.#file, 'r')
    return readSync(this.#descriptor, target, { position: place * target.length }) === target.length
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    this.#descriptor = null
  }
}
