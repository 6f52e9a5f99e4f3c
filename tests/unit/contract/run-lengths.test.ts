import { describe, expect, test } from 'vitest'
import { lengthOf, minutesOf, RunPreset } from '../../../contract/run-lengths.ts'
import { RecipeId } from '../../../contract/training.ts'

describe('lengths of a run', () => {
  test('crgan counts steps, everything else minutes, and a night ends at a plateau', () => {
    expect(RunPreset.options.map((preset) => lengthOf('crgan', preset))).toEqual([
      { steps: 300 },
      { steps: 1000 },
      { steps: 3000 },
      { minutes: 480, stopOnPlateau: true },
    ])
    expect(lengthOf('acgan', 'normal')).toEqual({ minutes: 10 })
  })

  test('each is longer than the one before, for every recipe at any speed', () => {
    for (const recipe of RecipeId.options)
      for (const stepMs of [5, 50, 500]) {
        const minutes = RunPreset.options.map((preset) => minutesOf(lengthOf(recipe, preset), stepMs) ?? Number.NaN)
        expect(minutes).toEqual(minutes.toSorted((a, b) => a - b))
        expect(new Set(minutes).size).toBe(RunPreset.options.length)
      }
  })

  test('minutes come from the step that was measured, and are not made up without one', () => {
    expect(minutesOf({ steps: 1000 }, 48)).toBeCloseTo(0.8)
    expect(minutesOf({ steps: 1000 }, null)).toBeNull()
    expect(minutesOf({ minutes: 10 }, null)).toBe(10)
    expect(minutesOf({ minutes: 10, steps: 100 }, 60_000)).toBe(10)
    expect(minutesOf({ minutes: 10, steps: 3 }, 60_000)).toBe(3)
  })
})
