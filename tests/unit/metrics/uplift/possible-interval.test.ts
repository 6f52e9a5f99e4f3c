import { expect, test } from 'vitest'
import { possibleInterval } from '../../../../native-worker/metrics/uplift/possible-interval.ts'

test('an interval ends where no score is possible', () => {
  expect(possibleInterval({ low: -110.7, high: 20 }, { reference: 46 })).toEqual({ low: -46, high: 20, tooNoisy: true })
  expect(possibleInterval({ low: -5, high: 12 }, { reference: 95 })).toEqual({ low: -5, high: 5, tooNoisy: false })
  expect(possibleInterval({ low: -2, high: 3 }, { reference: 60 })).toEqual({ low: -2, high: 3, tooNoisy: false })
})

test('whether it holds 0 does not change', () => {
  for (const reference of [0, 46, 100])
    for (const interval of [
      { low: -150, high: -1 },
      { low: 1, high: 150 },
      { low: -150, high: 150 },
    ]) {
      const { low, high } = possibleInterval(interval, { reference })
      // Against a reference of 0 nothing can be lost, and against one of 100 nothing gained.
      if (reference !== 0) expect(high < 0).toBe(interval.high < 0)
      if (reference !== 100) expect(low > 0).toBe(interval.low > 0)
    }
})
