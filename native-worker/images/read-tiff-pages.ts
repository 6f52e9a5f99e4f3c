export interface TiffPage {
  readonly width: number
  readonly height: number
  /** Of the deepest sample. */
  readonly bitsPerSample: number
  readonly samplesPerPixel: number
  /** 1 unsigned, 2 signed, 3 floating point. */
  readonly sampleFormat: number
  readonly compression: number
  readonly photometric: number
  /** The largest value there can be, where it is said. */
  readonly maxSampleValue: number | null
  /** Says of another page what is transparent. */
  readonly isMask: boolean
}

const tags = {
  newSubfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  samplesPerPixel: 277,
  maxSampleValue: 281,
  sampleFormat: 339,
} as const

/** Bytes of the types that hold whole numbers: BYTE, SHORT, LONG, LONG8. */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 }
const maxPages = 10_000
/** Real directories have a few dozen. */
const maxEntries = 4096
/** More samples a pixel than are looked at. */
const maxValues = 16

/**
 * The pages of a TIFF file as their tags describe them; up to the first that cannot be read. Sources: Adobe, "TIFF Revision 6.0";
 * "The BigTIFF File Format".
 */
export function readTiffPages(bytes: Buffer): readonly TiffPage[] {
  const pages: TiffPage[] = []
  // A directory that comes twice is a circle.
  const seen = new Set<number>()
  try {
    const file = new TiffReader(bytes)
    let at = file.firstDirectory
    while (at !== 0 && !seen.has(at) && pages.length < maxPages) {
      seen.add(at)
      const { page, next } = file.readDirectory(at)
      pages.push(page)
      at = next
    }
  } catch (thrown) {
    // The file ends inside a directory: what came before it is known.
    if (!(thrown instanceof RangeError)) throw thrown
  }
  return pages
}

class TiffReader {
  readonly #bytes: Buffer
  readonly #isLittle: boolean
  readonly #isBig: boolean

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#isLittle = bytes[0] === 0x49
    this.#isBig = this.#short(2) === 43
  }

  get firstDirectory(): number {
    return this.#isBig ? this.#long8(8) : this.#long(4)
  }

  readDirectory(at: number): { readonly page: TiffPage; readonly next: number } {
    const entries = this.#isBig ? this.#long8(at) : this.#short(at)
    if (entries > maxEntries) throw new RangeError(`a directory of ${entries} entries`)
    const entryBytes = this.#isBig ? 20 : 12
    const first = at + (this.#isBig ? 8 : 2)
    const values = new Map<number, readonly number[]>()
    for (let index = 0; index < entries; index++) {
      const entry = first + index * entryBytes
      const tag = this.#short(entry)
      values.set(tag, this.#values(entry))
    }
    const one = (tag: number, otherwise: number): number => values.get(tag)?.[0] ?? otherwise
    const largest = values.get(tags.maxSampleValue)
    const end = first + entries * entryBytes
    return {
      page: {
        width: one(tags.width, 0),
        height: one(tags.height, 0),
        bitsPerSample: Math.max(...(values.get(tags.bitsPerSample) ?? [1])),
        samplesPerPixel: one(tags.samplesPerPixel, 1),
        sampleFormat: one(tags.sampleFormat, 1),
        compression: one(tags.compression, 1),
        photometric: one(tags.photometric, 1),
        maxSampleValue: largest === undefined || largest.length === 0 ? null : Math.max(...largest),
        isMask: (one(tags.newSubfileType, 0) & 4) !== 0,
      },
      next: this.#isBig ? this.#long8(end) : this.#long(end),
    }
  }

  #values(entry: number): readonly number[] {
    const size = typeBytes[this.#short(entry + 2)]
    if (size === undefined) return []
    const count = Math.min(this.#isBig ? this.#long8(entry + 4) : this.#long(entry + 4), maxValues)
    const field = entry + (this.#isBig ? 12 : 8)
    // A few values stand in the entry itself, more where it points to.
    const at = count * size <= (this.#isBig ? 8 : 4) ? field : this.#isBig ? this.#long8(field) : this.#long(field)
    return Array.from({ length: count }, (_, index) => this.#number(at + index * size, size))
  }

  #number(at: number, size: number): number {
    if (size === 1) return this.#bytes.readUInt8(at)
    if (size === 2) return this.#short(at)
    return size === 4 ? this.#long(at) : this.#long8(at)
  }

  #short(at: number): number {
    return this.#isLittle ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at)
  }

  #long(at: number): number {
    return this.#isLittle ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at)
  }

  /** Offsets beyond 2⁵³ are outside of any file: reading there throws RangeError. */
  #long8(at: number): number {
    return Number(this.#isLittle ? this.#bytes.readBigUInt64LE(at) : this.#bytes.readBigUInt64BE(at))
  }
}
