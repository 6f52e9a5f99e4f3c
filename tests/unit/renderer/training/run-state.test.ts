import { expect, test } from 'vitest'
import { nextMove, runLabel } from '../../../../renderer/features/training/run-state.ts'

const run = { status: 'running', checkpointStep: 10, targetSteps: 100, targetMinutes: null } as const

test('a run is paused, resumed or given more, by its state', () => {
  expect(nextMove(run)).toBe('pause')
  expect(nextMove({ ...run, status: 'queued' })).toBe('pause')
  expect(nextMove({ ...run, status: 'stopped' })).toBe('resume')
  expect(nextMove({ ...run, status: 'interrupted' })).toBe('resume')
  expect(nextMove({ ...run, status: 'failed' })).toBe('resume')
  expect(nextMove({ ...run, status: 'finished' })).toBe('extend')
})

test('nothing can be continued without a checkpoint or extended without a limit', () => {
  expect(nextMove({ ...run, status: 'stopped', checkpointStep: null })).toBeNull()
  expect(nextMove({ ...run, status: 'finished', checkpointStep: null })).toBeNull()
  expect(nextMove({ ...run, status: 'finished', targetSteps: null })).toBeNull()
})

test('stopped with a checkpoint is paused', () => {
  expect(runLabel({ ...run, status: 'stopped' })).toBe('paused')
  expect(runLabel({ ...run, status: 'stopped', checkpointStep: null })).toBe('stopped')
  expect(runLabel({ ...run, status: 'finished' })).toBe('finished')
})
