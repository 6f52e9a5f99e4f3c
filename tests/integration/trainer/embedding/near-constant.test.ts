import { expect, test } from 'vitest'
import { loadEngine } from '../../../../native-worker/trainer/engines/load-engine.ts'
import { extractFeatures, type ImageBatch } from '../../../../native-worker/trainer/embedding/feature-network.ts'
import { createRandomFeatures } from '../../../../native-worker/trainer/embedding/random-features.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { scoreClass } from '../../../../native-worker/metrics/score-classes.ts'
import { fitStandardisation, standardise } from '../../../../native-worker/metrics/standardise.ts'
import { rampPixels } from '../../../helpers/test-pictures.ts'
import { testCacheFolder } from '../engines-to-test.ts'
import { drawStripedImages } from './striped-images.ts'

const engine = await loadEngine('wasm', { cacheFolder: testCacheFolder })
const network = createRandomFeatures(engine)
const size = 32
const featuresOf = (batch: ImageBatch) => extractFeatures({ engine, network }, batch)

test('images that are nearly alike do not make the distance of a bad generator explode', { timeout: 60_000 }, () => {
  // The same ramp, a little brighter each time: some features see one pixel of it change.
  const ramps = Array.from({ length: 20 }, (_, index) => rampPixels(size, size, 80 + index))
  const real = featuresOf({ pixels: Buffer.concat(ramps), count: ramps.length, size, channels: 1 })
  const random = RandomStream.fromSeed(1, 'noise')
  const noise = Uint8Array.from({ length: 20 * size * size }, () => random.integer(256))
  const scale = fitStandardisation(real)
  const { distance } = scoreClass({
    real: standardise(real, scale),
    synthetic: standardise(featuresOf({ pixels: noise, count: 20, size, channels: 1 }), scale),
  })
  expect(distance).toBeGreaterThan(1)
  expect(distance).toBeLessThan(1e7)
})

test('the features of ordinary images keep their own deviations', { timeout: 60_000 }, () => {
  const features = featuresOf(drawStripedImages(1, [40, 20, 4]))
  const { means, deviations } = fitStandardisation(features)
  deviations.forEach((deviation, column) => {
    if (deviation === 0) return
    const mean = means[column] ?? 0
    const squares = Array.from({ length: features.rows }, (_, row) => {
      const value = features.values[row * features.columns + column] ?? Number.NaN
      return (value - mean) ** 2
    })
    const own = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / features.rows)
    expect(deviation).toBeCloseTo(own, 12)
  })
})
