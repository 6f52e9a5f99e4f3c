import { expect, test } from 'vitest'
import { clusterDiversity, pairDiversity } from '../../../native-worker/metrics/diversity.ts'
import { drawNormalFeatures } from './normal-features.ts'

test('pair diversity is the scale of the samples against the real ones', () => {
  const real = drawNormalFeatures(1, { rows: 100, columns: 64 })
  for (const deviation of [0.02, 0.5, 1]) {
    const result = pairDiversity(real, drawNormalFeatures(2, { rows: 60, columns: 64, deviation }))
    if (result.kind !== 'measured') throw new Error('enough images')
    expect(result.ratio).toBeCloseTo(deviation, 1)
  }
})

test('cluster diversity falls where every sample of a neighbourhood is the same', () => {
  const real = drawNormalFeatures(1, { rows: 80, columns: 16 })
  const same = clusterDiversity(real, drawNormalFeatures(2, { rows: 80, columns: 16 }))
  const sharp = clusterDiversity(real, drawNormalFeatures(2, { rows: 80, columns: 16, shift: 3, deviation: 0.1 }))
  if (same.kind !== 'measured' || sharp.kind !== 'measured') throw new Error('enough images')
  expect(Math.abs(same.ratio - 1)).toBeLessThan(0.15)
  expect(sharp.ratio).toBeLessThan(0.05)
})

test('needs five images', () => {
  const real = drawNormalFeatures(1, { rows: 4, columns: 2 })
  expect(pairDiversity(real, real)).toEqual({ kind: 'notMeaningful', images: 4, needed: 5 })
})
