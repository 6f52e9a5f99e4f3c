import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../../native-worker/trainer/safetensors.ts'

const file = () =>
  Buffer.concat(
    encodeSafetensors({
      metadata: { format: 'test', note: '缺陷 "quoted"' },
      tensors: [
        { name: 'a/kernel', shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-30, 7) },
        { name: 'b', shape: [], values: Float32Array.of(42) },
      ],
    }),
  )

describe('safetensors', () => {
  it('gives back what it was given', () => {
    const { metadata, tensors } = decodeSafetensors(file())
    expect(metadata).toEqual({ format: 'test', note: '缺陷 "quoted"' })
    expect(tensors).toEqual([
      { name: 'a/kernel', shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-30, 7) },
      { name: 'b', shape: [], values: Float32Array.of(42) },
    ])
  })

  it('starts its data on a multiple of eight, as the format advises', () => {
    expect(Number(file().readBigUInt64LE(0)) % 8).toBe(0)
  })

  it.each([0, 5, 8, 40, 120, -1])('refuses a file cut off after %i bytes', (length) => {
    const whole = file()
    expect(() => decodeSafetensors(whole.subarray(0, length < 0 ? whole.length + length : length))).toThrow(RangeError)
  })

  it('refuses a header longer than the file', () => {
    const bytes = file()
    bytes.writeBigUInt64LE(2n ** 40n)
    expect(() => decodeSafetensors(bytes)).toThrow(/does not fit/)
  })

  it('refuses a tensor whose bytes do not match its shape', () => {
    const bytes = Buffer.from(file().toString('latin1').replace('"shape":[2,3]', '"shape":[2,4]'), 'latin1')
    expect(() => decodeSafetensors(bytes)).toThrow(/a\/kernel/)
  })
})
