import { readFileSync } from 'node:fs'

const logHeaderBytes = 32
const frameHeaderBytes = 24
/** Bytes 18 and 19 of a database: 2 where it has a write-ahead log, 1 where it has none. */
const formatBytes = [18, 19]

/**
 * What a database holds, its write-ahead log included, read without a lock, an index or any other file beside it:
 * from a disk that is full or read-only SQLite itself opens a database with a log only if its index is there already.
 * Only while nobody writes it.
 */
export function readDatabaseImage({
  file,
  logFile,
}: {
  readonly file: string
  readonly logFile: string | null
}): Buffer {
  const stored = readFileSync(file)
  const log = logFile === null ? null : readWhereThere(logFile)
  const image = log === null ? stored : applyLog(stored, log)
  for (const at of formatBytes) if (image[at] === 2) image[at] = 1
  return image
}

function readWhereThere(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}

/** Puts the committed pages of a write-ahead log into their places (sqlite.org/fileformat2.html, section 4). */
function applyLog(stored: Buffer, log: Buffer): Buffer {
  const { pages, pageCount, pageSize } = readCommittedPages(log)
  if (pageCount === 0) return stored
  const image = Buffer.alloc(pageCount * pageSize)
  stored.copy(image, 0, 0, Math.min(stored.length, image.length))
  for (const [number, page] of pages) if (number <= pageCount) page.copy(image, (number - 1) * pageSize)
  return image
}

interface CommittedPages {
  /** The newest content by page number, from 1. */
  readonly pages: ReadonlyMap<number, Buffer>
  /** Of the database after the last commit; 0 where the log holds no commit. */
  readonly pageCount: number
  readonly pageSize: number
}

/** Frames count up to the last commit before the first one that is torn or left from an older log. */
function readCommittedPages(log: Buffer): CommittedPages {
  const none = { pages: new Map<number, Buffer>(), pageCount: 0, pageSize: 0 }
  if (log.length < logHeaderBytes) return none
  const magic = log.readUInt32BE(0)
  if (magic >>> 1 !== 0x377f0682 >>> 1) return none
  const sum = new LogChecksum({ isBigEndian: (magic & 1) === 1 })
  sum.add(log.subarray(0, 24))
  if (!sum.is(log.readUInt32BE(24), log.readUInt32BE(28))) return none
  const pageSize = log.readUInt32BE(8)
  const salts = log.subarray(16, 24)
  const pages = new Map<number, Buffer>()
  let pageCount = 0
  let uncommitted: [number, Buffer][] = []
  const frameBytes = frameHeaderBytes + pageSize
  for (let at = logHeaderBytes; at + frameBytes <= log.length; at += frameBytes) {
    const header = log.subarray(at, at + frameHeaderBytes)
    const page = log.subarray(at + frameHeaderBytes, at + frameBytes)
    sum.add(header.subarray(0, 8))
    sum.add(page)
    if (!header.subarray(8, 16).equals(salts) || !sum.is(header.readUInt32BE(16), header.readUInt32BE(20))) break
    uncommitted.push([header.readUInt32BE(0), page])
    const countAfterCommit = header.readUInt32BE(4)
    if (countAfterCommit === 0) continue
    for (const [number, content] of uncommitted) pages.set(number, content)
    uncommitted = []
    pageCount = countAfterCommit
  }
  return { pages, pageCount, pageSize }
}

/** The running checksum of a log, over words of 32 bits in pairs. */
class LogChecksum {
  readonly #isBigEndian: boolean
  #first = 0
  #second = 0

  constructor({ isBigEndian }: { readonly isBigEndian: boolean }) {
    this.#isBigEndian = isBigEndian
  }

  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += 8) {
      this.#first = (this.#first + this.#word(bytes, at) + this.#second) >>> 0
      this.#second = (this.#second + this.#word(bytes, at + 4) + this.#first) >>> 0
    }
  }

  is(first: number, second: number): boolean {
    return this.#first === first && this.#second === second
  }

  #word(bytes: Buffer, at: number): number {
    return this.#isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
  }
}
