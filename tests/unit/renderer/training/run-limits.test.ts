import { describe, expect, test } from 'vitest'
import { limitsAfter, proposeMore } from '../../../../renderer/features/training/run-limits.ts'

const bySteps = { step: 1000, seconds: 600, targetSteps: 1000, targetMinutes: null }
const byMinutes = { step: 1000, seconds: 600, targetSteps: null, targetMinutes: 10 }

/** A checkpoint that records no time. */
const at = (step: number) => ({ step, seconds: null })

describe('proposeMore', () => {
  test('what is left at the checkpoint, else half as much again', () => {
    expect(proposeMore(bySteps, at(600))).toEqual({ steps: 400, minutes: null })
    expect(proposeMore(bySteps, at(1000))).toEqual({ steps: 500, minutes: null })
    expect(proposeMore(byMinutes, at(500))).toEqual({ steps: null, minutes: 5 })
    expect(proposeMore(byMinutes, at(1000))).toEqual({ steps: null, minutes: 5 })
  })
  test('a run that never made a step has all of its time left', () => {
    expect(proposeMore({ ...byMinutes, step: 0, seconds: 0 }, at(0))).toEqual({ steps: null, minutes: 10 })
  })
})

test('the time that a checkpoint records counts, whatever the mean speed says', () => {
  const from = { step: 500, seconds: 120 }
  expect(proposeMore(byMinutes, from)).toEqual({ steps: null, minutes: 8 })
  expect(limitsAfter(byMinutes, { from, more: { steps: null, minutes: 3 } })).toEqual({ minutes: 5 })
})

test('limits count from the first step of the run, in the limits it has', () => {
  const from = { from: at(600), more: { steps: 250, minutes: null } }
  expect(limitsAfter(bySteps, from)).toEqual({ steps: 850 })
  expect(limitsAfter(byMinutes, { from: at(1000), more: { steps: null, minutes: 3 } })).toEqual({ minutes: 13 })
  expect(limitsAfter(byMinutes, { from: at(500), more: { steps: null, minutes: 3 } })).toEqual({ minutes: 8 })
  const both = { ...bySteps, targetMinutes: 10 }
  expect(limitsAfter(both, { from: at(1000), more: { steps: 1, minutes: 2 } })).toEqual({ steps: 1001, minutes: 12 })
})
