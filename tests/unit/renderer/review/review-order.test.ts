import { describe, expect, test } from 'vitest'
import type { Sample, SampleState } from '../../../../contract/samples.ts'
import { afterDecision, filterSamples, moveFromEnd } from '../../../../renderer/features/review/review-order.ts'

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

describe('afterDecision', () => {
  const redecided = false
  test('goes to the next pending sample and skips decided ones', () => {
    const list = samples(['accepted', 'accepted', 'rejected', 'pending'])
    expect(afterDecision(list, { order: all(4), position: 0, redecided })).toBe(3)
  })
  test('wraps to one that was skipped earlier', () => {
    const list = samples(['accepted', 'pending', 'accepted', 'accepted'])
    expect(afterDecision(list, { order: all(4), position: 3, redecided })).toBe(1)
  })
  test('leaves the last picture when it was the last pending one: the next key must not flip it', () => {
    const list = samples(['accepted', 'rejected', 'accepted'])
    expect(afterDecision(list, { order: all(3), position: 1, redecided })).toBe(3)
    expect(afterDecision(list, { order: all(3), position: 2, redecided })).toBe(3)
  })
  test('goes on one by one where decided samples are decided again', () => {
    const list = samples(['accepted', 'rejected', 'accepted'])
    expect(afterDecision(list, { order: all(3), position: 1, redecided: true })).toBe(2)
    expect(afterDecision(list, { order: all(3), position: 2, redecided: true })).toBe(3)
  })
  test('looks only at what the filter shows', () => {
    const list = samples(['accepted', 'pending', 'pending', 'pending'])
    expect(afterDecision(list, { order: [0, 3], position: 0, redecided })).toBe(1)
  })
})

test.each([
  ['ArrowLeft', 2],
  ['Home', 0],
  ['ArrowRight', null],
])('%s leads from the end to %s', (key, expected) => {
  expect(moveFromEnd(key, { count: 3 })).toBe(expected)
  expect(moveFromEnd(key, { count: 0 })).toBeNull()
})
