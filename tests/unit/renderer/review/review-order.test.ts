import { describe, expect, test } from 'vitest'
import type { Sample, SampleState } from '../../../../contract/samples.ts'
import { afterDecision, filterSamples, moveFromEnd } from '../../../../renderer/features/review/review-order.ts'

const samples = (states: readonly SampleState[]): readonly Sample[] =>
  states.map((state, index) => ({ id: index + 1, state, gate: [], isReleased: false }) as unknown as Sample)
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

describe('what the gate holds back', () => {
  const scored = (
    id: number,
    {
      gate = [],
      quality = null,
      imageDistance,
    }: { gate?: Sample['gate']; quality?: number | null; imageDistance?: number },
  ): Sample =>
    ({
      ...{ id, state: 'pending', gate, quality, isReleased: id === 5 },
      scores: imageDistance === undefined ? null : { values: { imageDistance } },
    }) as unknown as Sample
  const list = [
    scored(1, { imageDistance: 0.9, quality: 0.2 }),
    scored(2, { imageDistance: 0.1, gate: ['copy'], quality: 0.1 }),
    scored(3, {}),
    scored(4, { imageDistance: 0.8, quality: 0.7 }),
    scored(5, { imageDistance: 0.2, gate: ['copy'], quality: 0.1 }),
  ]

  test('is not among the pending ones until it is released', () => {
    expect(filterSamples(list, 'pending')).toEqual([0, 2, 3, 4])
    expect(filterSamples(list, 'quarantined')).toEqual([1])
  })
  test('is found by its reason; so is what has no scores', () => {
    expect(filterSamples(list, 'all', { gate: 'copy' })).toEqual([1, 4])
    expect(filterSamples(list, 'all', { gate: 'too_far' })).toEqual([])
    expect(filterSamples(list, 'all', { gate: 'none' })).toEqual([0, 3])
    expect(filterSamples(list, 'all', { gate: 'unscored' })).toEqual([2])
  })
  test('is ordered with the others: best first, nearest first, what was not scored last', () => {
    expect(filterSamples(list, 'all', { sort: 'quality' })).toEqual([3, 0, 1, 4, 2])
    expect(filterSamples(list, 'all', { sort: 'imageDistance' })).toEqual([1, 4, 3, 0, 2])
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
