import { expect, test } from 'vitest'
import type { ClassId } from '../../../contract/ids.ts'
import { proposeCount, wantedBelowTarget } from '../../../contract/proposed-count.ts'

test.each([
  [{ real: 80, accepted: 0, pending: 0, target: 240 }, 240],
  [{ real: 80, accepted: 100, pending: 60, target: 240 }, 16],
  [{ real: 240, accepted: 0, pending: 0, target: 240 }, 16],
  [{ real: 10, accepted: 0, pending: 0, target: 50_000 }, 2000],
])('%o → %i', (counts, expected) => {
  expect(proposeCount(counts)).toBe(expected)
})

test('below target are the classes that a run can draw and that lack something', () => {
  const entry = (classId: number, className: string, real: number, pending = 0) => ({
    ...{ classId: classId as ClassId, className, real, pending, quarantined: 0, accepted: 0, rejected: 0, target: 100 },
  })
  const counts = [entry(1, 'good', 90), entry(2, 'pits', 20), entry(3, 'stains', 20, 80), entry(4, 'cracks', 20)]
  const drawable = [1, 2, 3].map((id) => id as ClassId)
  expect(wantedBelowTarget(counts, { drawable })).toEqual([
    { classId: 1, className: 'good', count: 16 },
    { classId: 2, className: 'pits', count: 120 },
  ])
})
