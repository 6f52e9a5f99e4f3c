import { describe, expect, test } from 'vitest'
import { decodeBitmap } from '../../../../native-worker/images/bitmap/decode-bitmap.ts'
import { readBitmapHeader } from '../../../../native-worker/images/bitmap/read-bitmap-header.ts'
import { FileRefusal } from '../../../../native-worker/images/file-refusal.ts'
import { sniffFormat } from '../../../../native-worker/images/sniff-format.ts'
import { bitmapSuite } from '../../../helpers/bitmap-suite.ts'

function decode(bytes: Buffer): number[] {
  return [...decodeBitmap(bytes, readBitmapHeader(bytes))]
}

function refusalOf(bytes: Buffer): FileRefusal {
  try {
    decode(bytes)
  } catch (thrown) {
    if (thrown instanceof FileRefusal) return thrown
    throw thrown
  }
  throw new Error('A refusal was expected.')
}

test.each(bitmapSuite)('$name is read', ({ bytes, expected }) => {
  expect(sniffFormat(bytes)).toBe('bmp')
  expect(decode(bytes)).toEqual(expected.flat(2))
})

test.each(bitmapSuite)('$name is refused as cut short, wherever it is cut', ({ bytes, spareBytes, isRunLength }) => {
  for (let length = 0; length < bytes.length - spareBytes; length++)
    expect(refusalOf(bytes.subarray(0, length))).toMatchObject({ reason: 'corrupt' })
  if (isRunLength) return
  expect(refusalOf(bytes.subarray(0, bytes.length - spareBytes - 1)).skipCause).toMatchObject({ name: 'cut_short' })
})

describe('what a header may say', () => {
  const eightBits = bitmapSuite.find(({ name }) => name === '8 bits, greys')?.bytes ?? Buffer.alloc(0)
  const with32 = (at: number, value: number): Buffer => {
    const bytes = Buffer.from(eightBits)
    bytes.writeInt32LE(value | 0, at)
    return bytes
  }

  test.each([
    ['pixels that begin beyond the file', with32(10, 0x7fffffff), 'corrupt', 'cut_short'],
    ['pixels that begin in the header', with32(10, 20), 'corrupt', 'bitmap'],
    ['a compression that does not exist', with32(30, 99), 'corrupt', 'bitmap'],
    ['an embedded JPEG', with32(30, 4), 'unsupported_kind', 'compression'],
    ['an embedded PNG', with32(30, 5), 'unsupported_kind', 'compression'],
    ['run lengths of another depth', with32(30, 2), 'corrupt', 'bitmap'],
    ['a header longer than the file', with32(14, 0x7fffffff), 'corrupt', 'header_cut'],
  ])('%s is refused', (_name, bytes, reason, cause) => {
    expect(refusalOf(bytes)).toMatchObject({ reason, skipCause: { name: cause } })
  })

  test('a palette larger than there can be counts as far as it goes', () => {
    expect(decode(with32(46, 0x7fffffff))).toEqual(decode(eightBits))
  })

  test('an index without a colour is black', () => {
    const bytes = with32(46, 3)
    expect(decode(bytes).filter((value) => value > 2)).toEqual([])
  })
})
