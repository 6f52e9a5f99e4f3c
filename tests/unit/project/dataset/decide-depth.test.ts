import { describe, expect, test } from 'vitest'
import type { InspectedFile } from '../../../../contract/images.ts'
import { decideDepth, describeDepth } from '../../../../native-worker/project/dataset/decide-depth.ts'

const found = (largest: number, containerBits: 16 | 32 = 16): InspectedFile => ({
  containerBits,
  declaredBits: null,
  largest,
})
const declared = (declaredBits: number, containerBits: 16 | 32 = 16): InspectedFile => ({
  containerBits,
  declaredBits,
  largest: null,
})

describe('the depth of an import', () => {
  test('does not concern files of 8 bits', () => {
    expect(decideDepth([null, null], 'auto')).toBeNull()
    expect(decideDepth([null], 12)).toBeNull()
  })

  test.each([
    [255, 8],
    [256, 10],
    [1023, 10],
    [1024, 12],
    [4095, 12],
    [4096, 14],
    [16383, 14],
    [16384, 16],
    [65535, 16],
  ])('with %i as its largest value is %i bits', (largest, bits) => {
    expect(decideDepth([found(3), null, found(largest), found(0)], 'auto')).toEqual({
      rule: { bits, wide: 'same' },
      source: 'largest_value',
      files: 3,
    })
  })

  test('is what the files declare, whatever they hold', () => {
    expect(decideDepth([declared(12), declared(12)], 'auto')).toMatchObject({
      rule: { bits: 12 },
      source: 'declared',
    })
    expect(decideDepth([declared(11)], 'auto')).toMatchObject({ rule: { bits: 12 } })
  })

  test('is large enough for what is declared and for what is found', () => {
    expect(decideDepth([declared(12), found(300)], 'auto')).toMatchObject({
      rule: { bits: 12 },
      source: 'largest_value',
    })
    expect(decideDepth([declared(10), found(9000)], 'auto')).toMatchObject({ rule: { bits: 14 } })
  })

  test('is what was asked for, before all', () => {
    expect(decideDepth([declared(16), found(60_000)], 12)).toEqual({
      rule: { bits: 12, wide: 'same' },
      source: 'asked',
      files: 2,
    })
  })

  test.each([
    [[found(4000, 32), found(900)], { bits: 12, wide: 'same' }],
    [[found(2 ** 32 - 1, 32), found(900)], { bits: 10, wide: 'full' }],
    [[declared(32, 32)], { bits: 8, wide: 'full' }],
    [[found(70_000, 32), found(900)], { bits: 10, wide: 'unknown' }],
  ])('32-bit files share the scale of 16 bits, fill their own, or have none that can be told: %j', (files, rule) => {
    expect(decideDepth(files, 'auto')?.rule).toEqual(rule)
  })
})

test('earlier imports are worth a word where they had another depth', () => {
  const decided = decideDepth([found(4000)], 'auto')
  if (decided === null) throw new Error('deep')
  expect(describeDepth(decided, { earlier: [10, 12, 16], clipped: 2 })).toEqual({
    bits: 12,
    wide: 'same',
    source: 'largest_value',
    files: 1,
    clipped: 2,
    earlier: [10, 16],
  })
})
