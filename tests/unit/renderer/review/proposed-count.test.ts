import { expect, test } from 'vitest'
import { proposeCount } from '../../../../renderer/features/review/proposed-count.ts'

test.each([
  [{ real: 80, accepted: 0, pending: 0, target: 240 }, 240],
  [{ real: 80, accepted: 100, pending: 60, target: 240 }, 16],
  [{ real: 240, accepted: 0, pending: 0, target: 240 }, 16],
  [{ real: 10, accepted: 0, pending: 0, target: 50_000 }, 2000],
])('%o → %i', (counts, expected) => {
  expect(proposeCount(counts)).toBe(expected)
})
