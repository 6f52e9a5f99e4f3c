import { describe, expect, it } from 'vitest'
import { isOnPlateau, takeUp, updateBest, type Best } from '../../../native-worker/trainer/best-so-far.ts'
import { gentlerParameters } from '../../../native-worker/trainer/gentler-parameters.ts'
import { MemoryWatchdog } from '../../../native-worker/trainer/memory-watchdog.ts'
import { fastestQuarter } from '../../../native-worker/trainer/tasks/run-probe-task.ts'

it('halves every rate and strengthens the penalty, and touches nothing else', () => {
  const given = { learningRate: 0.1, generatorRate: 0.2, penalty: 0.5, batch: 16, flipHorizontal: true, width: 'XS' }
  expect(gentlerParameters(given, 0)).toEqual(given)
  expect(gentlerParameters(given, 2)).toEqual({ ...given, learningRate: 0.025, generatorRate: 0.05, penalty: 8 })
})

describe('the best measurement', () => {
  const after = (kids: readonly (number | undefined)[]): Best | null =>
    kids.reduce<Best | null>((best, kid, step) => updateBest(best, { step, kid }), null)

  it('is the lowest so far', () => {
    expect(after([3, 1, 2])).toEqual({ step: 1, kid: 1, measuredSince: 1 })
    expect(after([3, undefined, Number.NaN])).toEqual({ step: 0, kid: 3, measuredSince: 0 })
    expect(after([undefined])).toBeNull()
  })

  it('tells a plateau after eight without a lower one', () => {
    const rising = [1, 2, 2, 2, 2, 2, 2, 2]
    expect(isOnPlateau(after(rising), 7)).toBe(false)
    expect(isOnPlateau(after([...rising, 2]), 8)).toBe(true)
    expect(isOnPlateau(after([...rising, 0.5]), 8)).toBe(false)
    expect(isOnPlateau(null, 8)).toBe(false)
    expect(isOnPlateau(takeUp(after([...rising, 2])), 8)).toBe(false)
    expect(takeUp(after([1, 2]))).toEqual(after([1, 2]))
  })

  it('waits longer the longer a run has trained: a third of its steps', () => {
    const best = { step: 6000, kid: 1, measuredSince: 20 }
    expect(isOnPlateau(best, 8999)).toBe(false)
    expect(isOnPlateau(best, 9000)).toBe(true)
  })
})

it('watches memory, and looks every five seconds only', () => {
  expect(new MemoryWatchdog(0).check(0)).toBeNull()
  const short = new MemoryWatchdog(2 ** 50).check(0)
  expect(short?.freeBytes).toBeGreaterThan(0)
  expect(short?.freeBytes).toBeLessThan(2 ** 50)
  expect(short?.usedBytes).toBeGreaterThan(10 * 2 ** 20)
})

it('takes the fastest quarter, which a burst of other work does not reach', () => {
  const quiet = [34, 35, 36, 33, 34, 35]
  const burst = Array.from({ length: 14 }, () => 565)
  expect(fastestQuarter([...burst, ...quiet])).toBeCloseTo(34.2)
  expect(fastestQuarter([7])).toBe(7)
})
