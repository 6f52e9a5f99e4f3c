import { expect, test } from 'vitest'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { twoSampleAccuracy } from '../../../native-worker/metrics/two-sample-accuracy.ts'
import { drawNormalFeatures } from './normal-features.ts'

const real = drawNormalFeatures(1, { rows: 200, columns: 8 })
const accuracy = (synthetic: typeof real): number => {
  const result = twoSampleAccuracy(real, synthetic, { random: RandomStream.fromSeed(1, 'pairs') })
  if (result.kind !== 'measured') throw new Error('enough images')
  return result.accuracy
}

test('half where nothing can be told apart, one where everything can, zero where all is copied', () => {
  // 400 decisions at 0.5: standard deviation 2.5 %.
  expect(Math.abs(accuracy(drawNormalFeatures(2, { rows: 200, columns: 8 })) - 0.5)).toBeLessThan(0.08)
  expect(accuracy(drawNormalFeatures(3, { rows: 200, columns: 8, shift: 10 }))).toBe(1)
  expect(accuracy(real)).toBe(0)
})
