import { expect, test } from 'vitest'
import { describeJob } from '../../../../native-worker/service/ports/describe-job.ts'

test('a long task is told by what it does, not by its name in the program', () => {
  expect(describeJob({ kind: 'dataset.import', done: 40, total: 80 })).toBe('Importing images: 40 of 80')
  expect(describeJob({ kind: 'dataset.import', stage: 'comparing', done: 7, total: null })).toBe('Comparing images: 7')
})

test('the measurement of what helps counts updates, and says why it does not know yet how many there will be', () => {
  expect(describeJob({ kind: 'uplift.measure', done: 633, total: 28_800 })).toBe(
    'Measuring what helps: 633 of 28,800 updates',
  )
  expect(describeJob({ kind: 'uplift.measure', done: 43, total: null })).toBe(
    'Measuring what helps: 43 updates so far, while it is chosen how many there have to be',
  )
})
