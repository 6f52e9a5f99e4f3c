import { expect, test } from 'vitest'
import { describeJob } from '../../../../native-worker/service/ports/describe-job.ts'

test('a long task is told by what it does, not by its name in the program', () => {
  expect(describeJob({ kind: 'dataset.import', done: 40, total: 80 })).toBe('Importing images: 40 of 80')
  expect(describeJob({ kind: 'dataset.import', stage: 'comparing', done: 7, total: null })).toBe('Comparing images: 7')
})
