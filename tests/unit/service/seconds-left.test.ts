import { describe, expect, it } from 'vitest'
import { secondsLeft } from '../../../native-worker/service/jobs/seconds-left.ts'

const run = { step: 100, seconds: 30, stepsPerSecond: 10, targetSteps: null, targetMinutes: null }

describe('secondsLeft', () => {
  it('follows the steps still to do at the current speed', () => {
    expect(secondsLeft({ ...run, targetSteps: 300 })).toBe(20)
  })
  it('follows the minutes where they end first', () => {
    expect(secondsLeft({ ...run, targetSteps: 10_000, targetMinutes: 1 })).toBe(30)
  })
  it('is unknown while only steps are given and none has been timed', () => {
    expect(secondsLeft({ ...run, stepsPerSecond: 0, targetSteps: 300 })).toBeNull()
  })
  it('never falls below zero', () => {
    expect(secondsLeft({ ...run, seconds: 90, targetMinutes: 1 })).toBe(0)
  })
})
