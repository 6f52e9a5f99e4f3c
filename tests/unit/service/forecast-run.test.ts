import { describe, expect, it } from 'vitest'
import type { StepMeasurement } from '../../../contract/training.ts'
import { forecastRun } from '../../../native-worker/service/runs/forecast-run.ts'
import { median } from '../../../native-worker/service/runs/median.ts'

const measurement: StepMeasurement = {
  engine: 'wasm',
  stepMs: 250,
  wasBusy: false,
  timedSteps: 12,
  peakMemoryBytes: 500e6,
  checkpointBytes: 20e6,
  measuredAt: '2026-01-01T00:00:00.000Z',
}
const memory = { freeBytes: 2e9, leastFreeBytes: 300e6 }

describe('forecastRun', () => {
  it('gives the time of so many steps, and the steps of so much time', () => {
    expect(forecastRun(measurement, { targetSteps: 1000, targetMinutes: null, memory })).toMatchObject({
      steps: 1000,
      seconds: 250,
    })
    expect(forecastRun(measurement, { targetSteps: null, targetMinutes: 2, memory })).toMatchObject({
      steps: 480,
      seconds: 120,
    })
  })

  it('ends at the nearer limit', () => {
    expect(forecastRun(measurement, { targetSteps: 1000, targetMinutes: 2, memory }).steps).toBe(480)
    expect(forecastRun(measurement, { targetSteps: 100, targetMinutes: 2, memory }).steps).toBe(100)
  })

  it('a run makes the step that reaches its time, and one at least', () => {
    const slow = { ...measurement, stepMs: 40_000 }
    expect(forecastRun(slow, { targetSteps: null, targetMinutes: 1, memory })).toMatchObject({ steps: 2, seconds: 80 })
    expect(forecastRun(slow, { targetSteps: null, targetMinutes: 0.05, memory })).toMatchObject({ steps: 1 })
  })

  it('fits where the watchdog would not end it, with 15 % to grow', () => {
    const fits = (freeBytes: number): boolean =>
      forecastRun(measurement, { targetSteps: 1, targetMinutes: null, memory: { freeBytes, leastFreeBytes: 300e6 } })
        .memory.fits
    expect(fits(876e6)).toBe(true)
    expect(fits(874e6)).toBe(false)
    const unknown = forecastRun(measurement, {
      targetSteps: 1,
      targetMinutes: null,
      memory: { freeBytes: Infinity, leastFreeBytes: 300e6 },
    })
    expect(unknown.memory).toEqual({ freeBytes: null, leastFreeBytes: 300e6, fits: true })
  })
})

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected)
  })
})
