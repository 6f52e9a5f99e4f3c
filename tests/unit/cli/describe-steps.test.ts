import { expect, test } from 'vitest'
import { describeSeconds, describeSteps } from '../../../native-worker/cli/describe-steps.ts'

const run = { recipe: 'crgan', status: 'interrupted', step: 298, checkpointStep: 275, seconds: 31 } as const

test('a run that was killed shows the steps that are kept beside those it made', () => {
  expect(describeSteps(run)).toBe('298 (275 kept)')
  expect(describeSteps({ ...run, checkpointStep: null })).toBe('298 (none kept)')
  expect(describeSteps({ ...run, step: 275 })).toBe('275')
  expect(describeSeconds(run)).toBe('31.0')
})

test('what composes without training has neither steps nor a time of training', () => {
  const composed = { ...run, recipe: 'transplant', status: 'finished', step: 0, checkpointStep: 0, seconds: 0 } as const
  expect(describeSteps(composed)).toBe('–')
  expect(describeSeconds(composed)).toBe('–')
})
