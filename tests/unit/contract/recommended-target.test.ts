import { expect, test } from 'vitest'
import {
  recommendedTarget,
  type UpliftFinding,
  type UpliftRecommendation,
  type UpliftResult,
} from '../../../contract/uplift.ts'

const said = (
  overall: UpliftFinding,
  recommended: UpliftRecommendation | null = null,
): { result: UpliftResult; isStale: boolean } => ({
  result: { verdict: { overall, recommended } } as UpliftResult,
  isStale: false,
})
const transplant: UpliftRecommendation = {
  ...{ arm: 'transplant', source: 'transplant', gated: false },
  ...{ dose: 1, mix: 'mixed', painted: false },
}

test('where nothing was measured on these images, nothing changes', () => {
  expect(recommendedTarget({ result: null, isStale: false })).toBe('max')
  expect(recommendedTarget(said('notMeasured'))).toBe('max')
  expect(recommendedTarget({ ...said('noEvidence'), isStale: true })).toBe('max')
})

test('where samples help they are taken, and where nothing or painting alone does, none', () => {
  expect(recommendedTarget(said('helps', transplant))).toBe('max')
  expect(recommendedTarget(said('noEvidence'))).toBe('none')
  expect(recommendedTarget(said('hurts'))).toBe('none')
  expect(recommendedTarget(said('helps', { ...transplant, arm: 'painted', source: null, painted: true }))).toBe('none')
})
