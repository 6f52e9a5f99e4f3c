import { isBlank } from './band.ts'
import { poses, project, sketchLength, writeSketch } from './sketch.ts'

/** One entry: pictures that may show the same, and how the second lies on the first. */
export interface Candidate {
  readonly first: number
  readonly second: number
  /** Index into `poses`: the pose of the first in which it looks like the second. */
  readonly pose: number
}

const tables = 6
/** Entries a key should have where nothing is alike: a picture is compared with so many that are not like it, however many there are. */
const entriesOfKey = 4
/** Looked at of a key that many alike pictures share; each is compared with those that follow it there, so that they still form a chain. */
const mostOfKey = 48
/** Of 64 signs; more differ where the cosine of two sketches is below about 0.7. */
const mostDifferingSigns = 16
/** Kept of a picture, the most alike. */
const mostOfPicture = 8

/**
 * Pictures by their sketches: finds those alike in any orientation and shifted by up to four or so of 64, nearly all with a cosine of 0.95
 * and more, and few that are not alike. Time and memory of looking all of them up grow as n log n.
 */
export class CandidateIndex {
  readonly #spectra: Int8Array
  readonly #keys: ProjectedKeys
  readonly #tables: readonly Table[]
  /** Two words of signs a picture. */
  readonly #signs: Int32Array
  readonly #nearest = new Nearest()

  /** @param spectra of `count` pictures, one after the other */
  constructor({ spectra, count }: { readonly spectra: Int8Array; readonly count: number }) {
    this.#spectra = spectra
    this.#keys = new ProjectedKeys(Math.max(4, Math.min(16, Math.round(Math.log2(Math.max(2, count) / entriesOfKey)))))
    this.#signs = new Int32Array(2 * count)
    const keyOf = Array.from({ length: tables }, () => new Int32Array(count).fill(noKey))
    for (let image = 0; image < count; image++) {
      if (isBlank(spectra, image)) continue
      this.#keys.read({ spectra, image, pose: 0 })
      this.#signs[2 * image] = this.#keys.signsLow
      this.#signs[2 * image + 1] = this.#keys.signsHigh
      keyOf.forEach((own, table) => (own[image] = this.#keys.values[table] ?? 0))
    }
    this.#tables = keyOf.map((own) => sortByKey(own, 2 ** this.#keys.bits))
  }

  /** The most alike first. None of a picture that shows nothing. */
  candidatesOf(first: number): readonly Candidate[] {
    if (isBlank(this.#spectra, first)) return []
    const keys = this.#keys
    this.#nearest.clear()
    for (let pose = 0; pose < poses.length; pose++) {
      keys.read({ spectra: this.#spectra, image: first, pose })
      for (let table = 0; table < tables; table++) {
        const { starts, entries } = this.#tables[table] ?? noTable
        const key = keys.values[table] ?? 0
        const start = starts[key] ?? 0
        const length = (starts[key + 1] ?? 0) - start
        const begin = length > mostOfKey ? first % length : 0
        for (let step = 0; step < length && step < mostOfKey; step++) {
          const second = entries[start + ((begin + step) % length)] ?? 0
          const distance =
            countBits((this.#signs[2 * second] ?? 0) ^ keys.signsLow) +
            countBits((this.#signs[2 * second + 1] ?? 0) ^ keys.signsHigh)
          if (distance <= this.#nearest.farthest && second !== first) this.#nearest.offer(second, { pose, distance })
        }
      }
    }
    return this.#nearest.list(first)
  }
}

/** The pictures most alike so far, in order. */
class Nearest {
  readonly #distances = new Int32Array(mostOfPicture)
  readonly #seconds = new Int32Array(mostOfPicture)
  readonly #poses = new Int32Array(mostOfPicture)
  #found = 0
  /** Nothing farther is taken. */
  farthest: number = mostDifferingSigns

  clear(): void {
    this.#found = 0
    this.farthest = mostDifferingSigns
  }

  offer(second: number, { pose, distance }: { readonly pose: number; readonly distance: number }): void {
    let at = 0
    while (at < this.#found && this.#seconds[at] !== second) at++
    if (at < this.#found && (this.#distances[at] ?? 0) <= distance) return
    if (at === this.#found) {
      if (this.#found < mostOfPicture) this.#found++
      else at = this.#found - 1
    }
    for (; at > 0 && (this.#distances[at - 1] ?? 0) > distance; at--) {
      this.#distances[at] = this.#distances[at - 1] ?? 0
      this.#seconds[at] = this.#seconds[at - 1] ?? 0
      this.#poses[at] = this.#poses[at - 1] ?? 0
    }
    this.#distances[at] = distance
    this.#seconds[at] = second
    this.#poses[at] = pose
    if (this.#found === mostOfPicture) this.farthest = (this.#distances[this.#found - 1] ?? 0) - 1
  }

  list(first: number): readonly Candidate[] {
    return Array.from({ length: this.#found }, (_, at) => ({
      first,
      second: this.#seconds[at] ?? 0,
      pose: this.#poses[at] ?? 0,
    }))
  }
}

interface Table {
  /** Where the entries of each key start. */
  readonly starts: Int32Array
  readonly entries: Int32Array
}
const noKey = -1
const noTable: Table = { starts: new Int32Array(0), entries: new Int32Array(0) }

function sortByKey(keyOf: Int32Array, keys: number): Table {
  const starts = new Int32Array(keys + 1)
  let total = 0
  for (const key of keyOf)
    if (key !== noKey) {
      starts[key + 1] = (starts[key + 1] ?? 0) + 1
      total++
    }
  for (let key = 0; key < keys; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const next = starts.slice()
  const entries = new Int32Array(total)
  keyOf.forEach((key, image) => {
    if (key === noKey) return
    entries[next[key] ?? 0] = image
    next[key] = (next[key] ?? 0) + 1
  })
  return { starts, entries }
}

/** The keys of one picture in one pose: windows of the signs of its projections, which overlap a little. */
class ProjectedKeys {
  readonly values = new Int32Array(tables)
  readonly bits: number
  signsLow = 0
  signsHigh = 0
  readonly #sketch = new Float32Array(sketchLength)

  constructor(bits: number) {
    this.bits = bits
  }

  read(picture: { readonly spectra: Int8Array; readonly image: number; readonly pose: number }): void {
    const sketch = this.#sketch
    writeSketch(sketch, picture)
    project(sketch)
    let [low, high] = [0, 0]
    for (let at = 0; at < 32; at++) {
      low |= ((sketch[at] ?? 0) < 0 ? 1 : 0) << at
      high |= ((sketch[at + 32] ?? 0) < 0 ? 1 : 0) << at
    }
    this.signsLow = low
    this.signsHigh = high
    const mask = 2 ** this.bits - 1
    for (let table = 0; table < tables; table++) {
      const start = Math.floor((table * sketchLength) / tables)
      const [word, next] = start < 32 ? [low, high] : [high, low]
      const shift = start & 31
      const window = shift === 0 ? word : (word >>> shift) | (next << (32 - shift))
      this.values[table] = window & mask
    }
  }
}

/** Set bits of a 32-bit word (Warren, "Hacker's Delight", 5–1). */
function countBits(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
