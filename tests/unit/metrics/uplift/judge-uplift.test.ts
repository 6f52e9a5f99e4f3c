import { expect, test } from 'vitest'
import { judgeUplift } from '../../../../native-worker/metrics/uplift/judge-uplift.ts'

const interval = (low: number, high: number): { mean: number; low: number; high: number } => ({
  mean: (low + high) / 2,
  low,
  high,
})
const enough = { repeats: 5, repeatsNeeded: 5, recallChanges: [0, 1, null] }

test('it helps only where every interval lies above 0', () => {
  expect(judgeUplift({ ...enough, intervals: [interval(1, 5), interval(0.5, 6)] })).toEqual({
    kind: 'helps',
    mean: 3,
    low: 0.5,
    high: 6,
    losers: [],
  })
  expect(judgeUplift({ ...enough, intervals: [interval(1, 5), interval(-0.1, 6)] }).kind).toBe('noEvidence')
  expect(judgeUplift({ ...enough, intervals: [interval(0, 0)] }).kind).toBe('noEvidence')
})

test('a class that loses more than two points keeps a gain from counting', () => {
  const judged = judgeUplift({ ...enough, recallChanges: [-2.1, 9, null], intervals: [interval(1, 5)] })
  expect(judged).toMatchObject({ kind: 'noEvidence', losers: [0] })
  expect(judgeUplift({ ...enough, recallChanges: [-2, 9, null], intervals: [interval(1, 5)] }).kind).toBe('helps')
})

test('it hurts only where every interval lies below 0, whatever single classes gain', () => {
  expect(judgeUplift({ ...enough, intervals: [interval(-5, -1), interval(-6, -0.1)] }).kind).toBe('hurts')
  expect(judgeUplift({ ...enough, intervals: [interval(-5, -1), interval(-6, 0.1)] }).kind).toBe('noEvidence')
})

test('with fewer repeats nothing is said', () => {
  expect(judgeUplift({ ...enough, repeats: 4, intervals: [interval(1, 5)] })).toEqual({
    kind: 'notMeasured',
    repeats: 4,
    repeatsNeeded: 5,
  })
})
