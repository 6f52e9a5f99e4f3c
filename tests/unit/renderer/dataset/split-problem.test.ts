import { expect, test } from 'vitest'
import { splitProblem } from '../../../../renderer/features/dataset/split-problem.ts'

test.each([
  [{ train: 2, val: 0, test: 0 }, 'only-trains'],
  [{ train: 2, val: 1, test: 0 }, 'no-test'],
  [{ train: 2, val: 0, test: 1 }, 'no-validation'],
  [{ train: 2, val: 1, test: 1 }, null],
  [{ train: 0, val: 0, test: 0 }, null],
])('%j: %s', (splits, problem) => {
  expect(splitProblem({ images: splits.train + splits.val + splits.test, splits })).toBe(problem)
})
