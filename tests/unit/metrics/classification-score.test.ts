import { expect, test } from 'vitest'
import { scoreClassification } from '../../../native-worker/metrics/classification-score.ts'

test('every tested class weighs the same', () => {
  const truth = [0, 0, 0, 0, 1, 1]
  const predicted = [0, 0, 0, 1, 1, 0]
  const { recalls, balancedAccuracy, macroF1 } = scoreClassification(truth, predicted, { classCount: 3 })
  expect(recalls).toEqual([0.75, 0.5, null])
  expect(balancedAccuracy).toBe(0.625)
  // Class 0: 3 right, 4 claimed, 4 there → 0.75. Class 1: 1 right, 2 claimed, 2 there → 0.5.
  expect(macroF1).toBe(0.625)
})
