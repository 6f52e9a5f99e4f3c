import { expect, test } from 'vitest'
import { loadEngine } from '../../../../native-worker/trainer/engines/load-engine.ts'
import { scoreTraining } from '../../../../native-worker/trainer/embedding/accuracy-score.ts'
import { extractFeatures } from '../../../../native-worker/trainer/embedding/feature-network.ts'
import { trainClassifier } from '../../../../native-worker/trainer/embedding/train-classifier.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { testCacheFolder } from '../engines-to-test.ts'
import { drawStripedImages } from './striped-images.ts'

const engine = await loadEngine('wasm', { cacheFolder: testCacheFolder })

const options = { classCount: 3, seed: 4, widths: [8, 12, 16], steps: 80, batch: 16 }
/** Seconds alone; a machine that does other things needs its time. */
const timeout = 120_000
const unbalanced = [60, 12, 6]

test('learns three classes of which one has six images, the same way every time, and cleans up', { timeout }, () => {
  const training = drawStripedImages(1, unbalanced)
  const test = drawStripedImages(2, [20, 20, 20])
  const before = engine.tf.memory().numTensors
  const losses: number[] = []
  const classifier = trainClassifier(training, { engine, ...options, onStep: (_, loss) => losses.push(loss) })
  const predicted = classifier.predict(test)
  const right = predicted.filter((label, index) => label === test.labels[index]).length
  expect(right / test.count).toBeGreaterThan(0.9)
  const { rows, columns, values } = extractFeatures({ engine, network: classifier.features }, test)
  expect([rows, columns]).toEqual([60, 12 + 16])
  expect(values.every(Number.isFinite)).toBe(true)
  classifier.dispose()
  expect(engine.tf.memory().numTensors).toBe(before)

  const again: number[] = []
  trainClassifier(training, { engine, ...options, steps: 5, onStep: (_, loss) => again.push(loss) }).dispose()
  // The rate's schedule differs with the number of steps; the first loss has seen no update.
  expect(again[0]).toBe(losses[0])
})

test('what real images teach is more than what noise under the same labels does', { timeout }, () => {
  const test = drawStripedImages(2, [20, 20, 20])
  const real = drawStripedImages(1, unbalanced)
  const random = RandomStream.fromSeed(1, 'noise')
  const noise = { ...real, pixels: Uint8Array.from(real.pixels, () => random.integer(256)) }
  const judge = { engine, classCount: 3, seed: 1, steps: 50, test }
  const fromReal = scoreTraining(real, judge).balancedAccuracy
  const fromNoise = scoreTraining(noise, judge).balancedAccuracy
  expect(fromReal).toBeGreaterThan(0.9)
  expect(fromNoise).toBeLessThan(0.6)
})
