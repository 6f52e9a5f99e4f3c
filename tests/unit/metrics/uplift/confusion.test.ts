import { expect, test } from 'vitest'
import { scoreClassification } from '../../../../native-worker/metrics/classification-score.ts'
import { confusionOf, meanConfusion, scoreConfusion } from '../../../../native-worker/metrics/uplift/confusion.ts'

const truth = [0, 0, 0, 1, 1, 2]
const predicted = [0, 1, 0, 1, 1, 0]

test('rows are what an image is, columns what it was taken for', () => {
  expect(confusionOf(truth, predicted, { classCount: 3 })).toEqual([
    [2, 1, 0],
    [0, 2, 0],
    [1, 0, 0],
  ])
})

test('it scores as the labels themselves do, a class without test images included', () => {
  for (const classCount of [3, 4]) {
    const score = scoreConfusion(confusionOf(truth, predicted, { classCount }))
    const expected = scoreClassification(truth, predicted, { classCount })
    expect(score.macroF1).toBeCloseTo(expected.macroF1, 12)
    expect(score.balancedAccuracy).toBeCloseTo(expected.balancedAccuracy, 12)
    expect(score.recalls).toEqual(expected.recalls)
  }
})

test('an image that was taken for no class is a mistake of the caller', () => {
  expect(() => confusionOf([0], [], { classCount: 1 })).toThrow(RangeError)
})

test('the mean of repeats', () => {
  expect(meanConfusion([[[2, 0]], [[1, 1]]])).toEqual([[1.5, 0.5]])
})
