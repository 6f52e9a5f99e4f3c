import { expect, test } from 'vitest'
import { loadOfOthers, readProcessorTimes } from '../../../native-worker/trainer/load-of-others.ts'

const before = { all: 1000, busy: 400, own: 100 }

test('what this process computes is no load of others', () => {
  expect(loadOfOthers(before, { all: 3000, busy: 2000, own: 1700 })).toBe(0)
  expect(loadOfOthers(before, { all: 3000, busy: 2000, own: 700 })).toBe(0.5)
})

test('clocks that tick coarsely, or not at all, give no load below 0 or above all', () => {
  expect(loadOfOthers(before, { all: 3000, busy: 410, own: 130 })).toBe(0)
  expect(loadOfOthers(before, before)).toBe(0)
  expect(loadOfOthers(before, { all: 1010, busy: 430, own: 100 })).toBe(1)
})

test('times only grow, and this process is part of what is busy', () => {
  const first = readProcessorTimes()
  const until = performance.now() + 50
  while (performance.now() < until);
  const second = readProcessorTimes()
  expect(second.own).toBeGreaterThan(first.own)
  expect(second.all).toBeGreaterThanOrEqual(first.all)
  expect(second.busy).toBeLessThanOrEqual(second.all)
})
