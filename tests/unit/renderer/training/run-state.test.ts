import { expect, test } from 'vitest'
import { nextMove, runLabel } from '../../../../renderer/features/training/run-state.ts'

const run = { status: 'running', checkpointStep: 10, targetSteps: 100, targetMinutes: null } as const

test('a run is paused, resumed or given more, by its state', () => {
  expect(nextMove(run, { trains: true })).toBe('pause')
  expect(nextMove({ ...run, status: 'queued' }, { trains: true })).toBe('pause')
  expect(nextMove({ ...run, status: 'stopped' }, { trains: true })).toBe('resume')
  expect(nextMove({ ...run, status: 'interrupted' }, { trains: true })).toBe('resume')
  expect(nextMove({ ...run, status: 'failed' }, { trains: true })).toBe('resume')
  expect(nextMove({ ...run, status: 'finished' }, { trains: true })).toBe('extend')
})

test('nothing can be continued without a checkpoint or extended without a limit', () => {
  expect(nextMove({ ...run, status: 'stopped', checkpointStep: null }, { trains: true })).toBeNull()
  expect(nextMove({ ...run, status: 'finished', checkpointStep: null }, { trains: true })).toBeNull()
  expect(nextMove({ ...run, status: 'finished', targetSteps: null }, { trains: true })).toBeNull()
})

test('what does not train is neither taken up nor given more', () => {
  expect(nextMove({ ...run, status: 'finished' }, { trains: false })).toBeNull()
  expect(nextMove({ ...run, status: 'interrupted' }, { trains: false })).toBeNull()
  expect(nextMove(run, { trains: false })).toBe('pause')
})

test('stopped with a checkpoint is paused', () => {
  expect(runLabel({ ...run, status: 'stopped' })).toBe('paused')
  expect(runLabel({ ...run, status: 'stopped', checkpointStep: null })).toBe('stopped')
  expect(runLabel({ ...run, status: 'finished' })).toBe('finished')
})
