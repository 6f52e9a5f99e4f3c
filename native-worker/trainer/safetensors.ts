import { endianness } from 'node:os'
import { fromHalf, toHalf } from './half-precision.ts'

/*
 * The safetensors format (github.com/huggingface/safetensors): u64 header length, JSON header, raw little-endian data.
 * Data only: reading one runs no code.
 */

export interface NamedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** How values are stored: half precision keeps three digits and takes half the room. */
export type StoredAs = 'F32' | 'F16'
const bytesPerValue: Readonly<Record<StoredAs, number>> = { F32: 4, F16: 2 }

export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>
  readonly tensors: readonly NamedTensor[]
}

interface HeaderEntry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** A thousand tensors and a thousand class names take a tenth of it. Reading more would keep a trainer busy for minutes. */
const longestHeaderBytes = 2_000_000

/** Pieces of the file in order, ready to be written one after the other. */
export function encodeSafetensors(
  { metadata, tensors }: TensorFile,
  storedAs: StoredAs = 'F32',
): readonly Uint8Array[] {
  requireLittleEndian()
  let offset = 0
  const entries = tensors.map(({ name, shape, values }) => {
    const end = offset + values.length * bytesPerValue[storedAs]
    const entry: HeaderEntry = { dtype: storedAs, shape, data_offsets: [offset, end] }
    offset = end
    return [name, entry] as const
  })
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) })
  const unpadded = Buffer.byteLength(json)
  // Data starts on a multiple of eight.
  const header = Buffer.from(json + ' '.repeat((8 - (unpadded % 8)) % 8))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return [
    length,
    header,
    ...tensors.map(({ values }) => {
      if (storedAs === 'F16') return new Uint8Array(Uint16Array.from(values, toHalf).buffer)
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    }),
  ]
}

/** @throws RangeError saying what is wrong with the bytes */
export function decodeSafetensors(bytes: Uint8Array): TensorFile {
  requireLittleEndian()
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length < 8) throw new RangeError(`${buffer.length} bytes are no safetensors file`)
  const headerBytes = Number(buffer.readBigUInt64LE(0))
  if (headerBytes > longestHeaderBytes || 8 + headerBytes > buffer.length) {
    throw new RangeError(`a header of ${headerBytes} bytes does not fit into ${buffer.length} bytes`)
  }
  const { __metadata__: metadata = {}, ...entries } = parseHeader(buffer.toString('utf8', 8, 8 + headerBytes))
  const data = buffer.subarray(8 + headerBytes)
  const tensors = Object.entries(entries).map(([name, entry]) => readTensor(name, entry as HeaderEntry, data))
  return { metadata: metadata as Record<string, string>, tensors }
}

function parseHeader(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>
  } catch (cause) {
    throw new RangeError('the header is no JSON', { cause })
  }
}

function readTensor(
  name: string,
  { dtype, shape, data_offsets: [start, end] }: HeaderEntry,
  data: Buffer,
): NamedTensor {
  const count = shape.reduce((product, length) => product * length, 1)
  if (dtype !== 'F32' && dtype !== 'F16') throw new RangeError(`${name} is ${dtype}, not F32 or F16`)
  if (start < 0 || end > data.length || end - start !== bytesPerValue[dtype] * count) {
    throw new RangeError(`${name} needs bytes ${start} to ${end} of ${data.length}`)
  }
  if (dtype === 'F16') {
    const halves = new Uint16Array(count)
    data.copy(new Uint8Array(halves.buffer), 0, start, end)
    return { name, shape, values: Float32Array.from(halves, fromHalf) }
  }
  const values = new Float32Array(count)
  data.copy(new Uint8Array(values.buffer), 0, start, end)
  return { name, shape, values }
}

function requireLittleEndian(): void {
  if (endianness() !== 'LE') throw new Error('checkpoints are little-endian, this machine is not')
}
