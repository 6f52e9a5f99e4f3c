import { appendFileSync, closeSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs'
import type { Sha256 } from '../../contract/ids.ts'

/*
 * Features of pictures by one network, in a file of their own: after a heading of the vectors' length, one record a picture, the hash
 * and the vector. Records are only appended; what a killed writer has left of one is cut off by the next. It can be made anew.
 */

const headingBytes = 8
const magic = 0x46_57_46_31
const hashBytes = 32

const recordBytes = (length: number): number => hashBytes + 4 * length

/** The pictures in it; none where there is no such file, or one of another kind. */
export const readFeatureHashes = (file: string, length: number): ReadonlySet<Sha256> =>
  new Set(readRecords(file, length).keys())

/** Every vector by its picture. */
export function readFeatures(file: string, length: number): ReadonlyMap<Sha256, Float32Array> {
  return readRecords(file, length)
}

function readRecords(file: string, length: number): Map<Sha256, Float32Array> {
  const found = new Map<Sha256, Float32Array>()
  const bytes = readWhole(file)
  if (bytes === null || !isHeading(bytes, length)) return found
  const size = recordBytes(length)
  for (let at = headingBytes; at + size <= bytes.length; at += size) {
    const vector = new Float32Array(length)
    bytes.copy(new Uint8Array(vector.buffer), 0, at + hashBytes, at + size)
    found.set(bytes.toString('hex', at, at + hashBytes) as Sha256, vector)
  }
  return found
}

/** Adds vectors; a file of other vectors is begun anew. */
export function appendFeatures(
  file: string,
  { length, vectors }: { readonly length: number; readonly vectors: NewVectors },
): void {
  const size = recordBytes(length)
  const heading = readHeading(file)
  const isOurs = heading !== null && isHeading(heading.bytes, length)
  if (heading !== null) truncateSync(file, isOurs ? headingBytes + wholeRecords(heading.fileBytes, size) * size : 0)
  appendFileSync(file, isOurs ? recordsOf(vectors) : encodeFeatures({ length, vectors }))
}

type NewVectors = readonly (readonly [Sha256, Float32Array])[]

/** A whole file of vectors. */
export const encodeFeatures = ({
  length,
  vectors,
}: {
  readonly length: number
  readonly vectors: NewVectors
}): Buffer => Buffer.concat([headingOf(length), recordsOf(vectors)])

const recordsOf = (vectors: NewVectors): Buffer =>
  Buffer.concat(
    vectors.flatMap(([sha256, vector]) => [
      Buffer.from(sha256, 'hex'),
      Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
    ]),
  )

const wholeRecords = (fileBytes: number, size: number): number => Math.floor((fileBytes - headingBytes) / size)

function headingOf(length: number): Buffer {
  const heading = Buffer.alloc(headingBytes)
  heading.writeUInt32LE(magic, 0)
  heading.writeUInt32LE(length, 4)
  return heading
}

const isHeading = (bytes: Buffer, length: number): boolean =>
  bytes.length >= headingBytes && bytes.readUInt32LE(0) === magic && bytes.readUInt32LE(4) === length

/** The bytes of a file that can be made anew; null where it is not there. */
export function readWhole(file: string): Buffer | null {
  return withFile(file, (descriptor, fileBytes) => {
    const bytes = Buffer.alloc(fileBytes)
    let at = 0
    while (at < fileBytes) {
      const read = readSync(descriptor, bytes, { offset: at, length: fileBytes - at })
      if (read === 0) break
      at += read
    }
    return bytes.subarray(0, at)
  })
}

const readHeading = (file: string): { readonly bytes: Buffer; readonly fileBytes: number } | null =>
  withFile(file, (descriptor, fileBytes) => {
    const bytes = Buffer.alloc(headingBytes)
    const read = readSync(descriptor, bytes, { length: headingBytes })
    return { bytes: bytes.subarray(0, read), fileBytes }
  })

function withFile<Result>(file: string, work: (descriptor: number, fileBytes: number) => Result): Result | null {
  let descriptor
  try {
    descriptor = openSync(file, 'r')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
  try {
    return work(descriptor, fstatSync(descriptor).size)
  } finally {
    closeSync(descriptor)
  }
}
