import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import type { Sha256 } from '../../../contract/ids.ts'
import { writeWhole } from '../../files/write-whole.ts'
import { spectrumLength } from './band.ts'

/*
 * Spectra of stored pictures by their hash, so that a picture is read once: a header that changes with the way they are made, a hash and a
 * spectrum a picture, and the CRC of all of it. A file that is anything else is made anew: nothing is lost with it.
 */

const header = Buffer.from('flawsmith spectra 1\n')
const hashLength = 32
const recordLength = hashLength + spectrumLength
const crcLength = 4
/** Pictures written at a time. */
const chunkLength = 2000

/** Empty where the file is missing, damaged or of another version. */
export async function readSpectraFile(file: string): Promise<ReadonlyMap<Sha256, Int8Array>> {
  const spectra = new Map<Sha256, Int8Array>()
  const bytes = await readFile(file).catch((thrown: unknown) => {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  })
  if (bytes === null || !isSound(bytes)) return spectra
  for (let at = header.length; at < bytes.length - crcLength; at += recordLength) {
    const sha256 = bytes.toString('hex', at, at + hashLength) as Sha256
    spectra.set(sha256, new Int8Array(bytes.buffer, bytes.byteOffset + at + hashLength, spectrumLength))
  }
  return spectra
}

function isSound(bytes: Buffer): boolean {
  const end = bytes.length - crcLength
  return (
    end >= header.length &&
    (end - header.length) % recordLength === 0 &&
    bytes.subarray(0, header.length).equals(header) &&
    bytes.readUInt32LE(end) === crc32(bytes.subarray(0, end))
  )
}

/** @throws FlawsmithError `disk_full`, `folder_not_writable` */
export async function writeSpectraFile(
  file: string,
  { images, spectra }: { readonly images: readonly Sha256[]; readonly spectra: Int8Array },
): Promise<void> {
  const pieces: Buffer[] = [header]
  let crc = crc32(header)
  for (let from = 0; from < images.length; from += chunkLength) {
    const chunk = images.slice(from, from + chunkLength)
    const piece = Buffer.alloc(chunk.length * recordLength)
    chunk.forEach((sha256, place) => {
      piece.write(sha256, place * recordLength, 'hex')
      const start = (from + place) * spectrumLength
      piece.set(
        new Uint8Array(spectra.buffer, spectra.byteOffset + start, spectrumLength),
        place * recordLength + hashLength,
      )
    })
    crc = crc32(piece, crc)
    pieces.push(piece)
  }
  const end = Buffer.alloc(crcLength)
  end.writeUInt32LE(crc)
  await writeWhole(file, [...pieces, end])
}
