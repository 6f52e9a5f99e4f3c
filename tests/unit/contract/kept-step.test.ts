import { expect, test } from 'vitest'
import { keptStep } from '../../../contract/kept-step.ts'

test('of a run that was killed after its last checkpoint fewer steps are kept than it made', () => {
  expect(keptStep({ status: 'interrupted', step: 298, checkpointStep: 275 })).toBe(275)
  expect(keptStep({ status: 'queued', step: 298, checkpointStep: 275 })).toBe(275)
  expect(keptStep({ status: 'failed', step: 12, checkpointStep: null })).toBe(0)
})

test('where all is kept, or a run trains, nothing is to be said', () => {
  expect(keptStep({ status: 'finished', step: 300, checkpointStep: 300 })).toBeNull()
  expect(keptStep({ status: 'running', step: 298, checkpointStep: 275 })).toBeNull()
  expect(keptStep({ status: 'queued', step: 0, checkpointStep: null })).toBeNull()
})
