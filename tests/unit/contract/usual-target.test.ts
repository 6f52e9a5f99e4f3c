import { expect, test } from 'vitest'
import { usualTarget, type UpliftChange, type UpliftFinding, type UpliftResult } from '../../../contract/uplift.ts'

const said = (overall: UpliftFinding): { result: UpliftResult; changed: readonly UpliftChange[] } => ({
  result: { verdict: { overall } } as UpliftResult,
  changed: [],
})

test('where nothing was measured on the project as it is, classes are filled', () => {
  expect(usualTarget({ result: null, changed: [] })).toBe('max')
  expect(usualTarget(said('notMeasured'))).toBe('max')
  expect(usualTarget({ ...said('noEvidence'), changed: ['images'] })).toBe('max')
  expect(usualTarget({ ...said('helps'), changed: ['images'] })).toBe('max')
})

test('where there is a verdict it is followed, whatever it says', () => {
  expect(usualTarget(said('helps'))).toBe('recommended')
  expect(usualTarget(said('noEvidence'))).toBe('recommended')
  expect(usualTarget(said('hurts'))).toBe('recommended')
})
