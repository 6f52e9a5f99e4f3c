import { RandomStream } from '../../random/random-stream.ts'
import { poses, project, sketchLength, writeSketch } from './sketch.ts'

/** One entry: pictures that may show the same, and how the second lies on the first. */
export interface Candidate {
  readonly first: number
  readonly second: number
  /** Index into `poses`: the pose of the first in which it looks like the second. */
  readonly pose: number
}

const tables = 4
/** Entries a key should have where nothing is alike: a picture is compared with so many that are not like it, however many there are. */
const entriesOfKey = 8
/** Looked at of a key that many alike pictures share; each is compared with those that follow it there, so that they still form a chain. */
const mostOfKey = 48
/** Of 64 signs; more differ where the cosine of two sketches is below about 0.63. */
const mostDifferingSigns = 18
/** Kept of a picture, the most alike. */
const mostOfPicture = 12

/**
 * Pairs of pictures whose sketches are alike, in any orientation and shifted by up to four or so of 64: every pair with a cosine of 0.9 and
 * more with a probability of about nine in ten, and nearly none that is not alike. Time and memory grow as n log n.
 * @param isWanted leaves out pictures that show nothing
 */
export function* findCandidates({
  spectra,
  count,
  isWanted,
}: {
  readonly spectra: Int8Array
  readonly count: number
  readonly isWanted: (image: number) => boolean
}): Generator<readonly Candidate[]> {
  const bits = Math.max(4, Math.min(16, Math.round(Math.log2(Math.max(2, count) / entriesOfKey))))
  const keys = new ProjectedKeys(bits)
  const index = buildIndex({ spectra, count, isWanted, keys })
  const distances = new Int32Array(mostOfPicture)
  const seconds = new Int32Array(mostOfPicture)
  const itsPoses = new Int32Array(mostOfPicture)
  for (let first = 0; first < count; first++) {
    if (!isWanted(first)) continue
    let found = 0
    let farthest = mostDifferingSigns
    const offer = (second: number, { pose, distance }: { readonly pose: number; readonly distance: number }): void => {
      let at = 0
      while (at < found && seconds[at] !== second) at++
      if (at < found && (distances[at] ?? 0) <= distance) return
      if (at === found) {
        if (found < mostOfPicture) found++
        else at = found - 1
      }
      // Kept in order, the most alike first.
      for (; at > 0 && (distances[at - 1] ?? 0) > distance; at--) {
        distances[at] = distances[at - 1] ?? 0
        seconds[at] = seconds[at - 1] ?? 0
        itsPoses[at] = itsPoses[at - 1] ?? 0
      }
      distances[at] = distance
      seconds[at] = second
      itsPoses[at] = pose
      if (found === mostOfPicture) farthest = (distances[found - 1] ?? 0) - 1
    }
    for (let pose = 0; pose < poses.length; pose++) {
      keys.read({ spectra, image: first, pose })
      for (let table = 0; table < tables; table++) {
        const { starts, entries } = index.tables[table] ?? noTable
        const key = keys.values[table] ?? 0
        const start = starts[key] ?? 0
        const length = (starts[key + 1] ?? 0) - start
        const begin = length > mostOfKey ? first % length : 0
        for (let step = 0; step < length && step < mostOfKey; step++) {
          const second = entries[start + ((begin + step) % length)] ?? 0
          const distance =
            countBits((index.signs[2 * second] ?? 0) ^ keys.signsLow) +
            countBits((index.signs[2 * second + 1] ?? 0) ^ keys.signsHigh)
          if (distance <= farthest && second !== first) offer(second, { pose, distance })
        }
      }
    }
    yield Array.from({ length: found }, (_, at) => ({ first, second: seconds[at] ?? 0, pose: itsPoses[at] ?? 0 }))
  }
}

interface Table {
  /** Where the entries of each key start. */
  readonly starts: Int32Array
  readonly entries: Int32Array
}
const noTable: Table = { starts: new Int32Array(0), entries: new Int32Array(0) }

interface SketchIndex {
  readonly tables: readonly Table[]
  /** Two words of signs a picture. */
  readonly signs: Int32Array
}

function buildIndex({
  spectra,
  count,
  isWanted,
  keys,
}: {
  readonly spectra: Int8Array
  readonly count: number
  readonly isWanted: (image: number) => boolean
  readonly keys: ProjectedKeys
}): SketchIndex {
  const signs = new Int32Array(2 * count)
  const keyOf = Array.from({ length: tables }, () => new Int32Array(count).fill(-1))
  for (let image = 0; image < count; image++) {
    if (!isWanted(image)) continue
    keys.read({ spectra, image, pose: 0 })
    signs[2 * image] = keys.signsLow
    signs[2 * image + 1] = keys.signsHigh
    keyOf.forEach((own, table) => (own[image] = keys.values[table] ?? 0))
  }
  return { signs, tables: keyOf.map((own) => sortByKey(own, 2 ** keys.bits)) }
}

function sortByKey(keyOf: Int32Array, keys: number): Table {
  const starts = new Int32Array(keys + 1)
  let total = 0
  for (const key of keyOf)
    if (key >= 0) {
      starts[key + 1] = (starts[key + 1] ?? 0) + 1
      total++
    }
  for (let key = 0; key < keys; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const next = starts.slice()
  const entries = new Int32Array(total)
  keyOf.forEach((key, image) => {
    if (key < 0) return
    entries[next[key] ?? 0] = image
    next[key] = (next[key] ?? 0) + 1
  })
  return { starts, entries }
}

/** The keys of one picture in one pose, a key a table. */
class ProjectedKeys {
  readonly values = new Int32Array(tables)
  readonly bits: number
  signsLow = 0
  signsHigh = 0
  readonly #sketch = new Float32Array(sketchLength)
  readonly #projected = new Float32Array(sketchLength)
  readonly #randomSigns: readonly Float32Array[]

  constructor(bits: number) {
    this.bits = bits
    const random = RandomStream.fromSeed(1, 'near-duplicates')
    const rounds = Math.ceil(tables / Math.floor(sketchLength / bits))
    this.#randomSigns = Array.from({ length: rounds }, () =>
      Float32Array.from({ length: sketchLength }, () => (random.uniform() < 0.5 ? -1 : 1)),
    )
  }

  read(picture: { readonly spectra: Int8Array; readonly image: number; readonly pose: number }): void {
    writeSketch(this.#sketch, picture)
    const keysOfRound = Math.floor(sketchLength / this.bits)
    let table = 0
    for (let round = 0; table < tables; round++) {
      const signs = this.#randomSigns[round]
      for (let at = 0; at < sketchLength; at++) this.#projected[at] = (this.#sketch[at] ?? 0) * (signs?.[at] ?? 1)
      project(this.#projected)
      if (round === 0) {
        this.signsLow = packSigns(this.#projected, { start: 0, length: 32 })
        this.signsHigh = packSigns(this.#projected, { start: 32, length: 32 })
      }
      for (let own = 0; own < keysOfRound && table < tables; own++)
        this.values[table++] = packSigns(this.#projected, { start: own * this.bits, length: this.bits })
    }
  }
}

function packSigns(
  values: Float32Array,
  { start, length }: { readonly start: number; readonly length: number },
): number {
  let packed = 0
  for (let at = start; at < start + length; at++) packed = (packed << 1) | ((values[at] ?? 0) < 0 ? 1 : 0)
  return packed
}

/** Set bits of a 32-bit word (Warren, "Hacker's Delight", 5–1). */
function countBits(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
