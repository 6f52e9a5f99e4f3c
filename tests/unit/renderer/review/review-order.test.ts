import { describe, expect, test } from 'vitest'
import type { Sample, SampleState } from '../../../../contract/samples.ts'
import { filterSamples, nextPending } from '../../../../renderer/features/review/review-order.ts'

const samples = (states: readonly SampleState[]): readonly Sample[] =>
  states.map((state, index) => ({ id: index + 1, state }) as Sample)
const all = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

describe('filterSamples', () => {
  const mixed = samples(['pending', 'accepted', 'pending', 'rejected'])
  test.each([
    ['pending', [0, 2]],
    ['accepted', [1]],
    ['rejected', [3]],
    ['all', [0, 1, 2, 3]],
  ] as const)('%s', (filter, expected) => {
    expect(filterSamples(mixed, filter)).toEqual(expected)
  })
})

describe('nextPending', () => {
  test('goes to the next pending sample and skips decided ones', () => {
    const list = samples(['accepted', 'accepted', 'rejected', 'pending'])
    expect(nextPending(list, { order: all(4), position: 0 })).toBe(3)
  })
  test('wraps to one that was skipped earlier', () => {
    const list = samples(['accepted', 'pending', 'accepted', 'accepted'])
    expect(nextPending(list, { order: all(4), position: 3 })).toBe(1)
  })
  test('stays where everything is decided', () => {
    const list = samples(['accepted', 'rejected', 'accepted'])
    expect(nextPending(list, { order: all(3), position: 1 })).toBe(1)
  })
  test('looks only at what the filter shows', () => {
    const list = samples(['accepted', 'pending', 'pending', 'pending'])
    expect(nextPending(list, { order: [0, 3], position: 0 })).toBe(1)
  })
})
