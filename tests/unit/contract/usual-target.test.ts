import { expect, test } from 'vitest'
import { usualTarget, type UpliftFinding, type UpliftResult } from '../../../contract/uplift.ts'

const said = (overall: UpliftFinding): { result: UpliftResult; isStale: boolean } => ({
  result: { verdict: { overall } } as UpliftResult,
  isStale: false,
})

test('where nothing was measured on the project as it is, classes are filled', () => {
  expect(usualTarget({ result: null, isStale: false })).toBe('max')
  expect(usualTarget(said('notMeasured'))).toBe('max')
  expect(usualTarget({ ...said('noEvidence'), isStale: true })).toBe('max')
  expect(usualTarget({ ...said('helps'), isStale: true })).toBe('max')
})

test('where there is a verdict it is followed, whatever it says', () => {
  expect(usualTarget(said('helps'))).toBe('recommended')
  expect(usualTarget(said('noEvidence'))).toBe('recommended')
  expect(usualTarget(said('hurts'))).toBe('recommended')
})
