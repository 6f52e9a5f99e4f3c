import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { loadEngine } from '../../../../native-worker/trainer/engines/load-engine.ts'
import { extractFeatures } from '../../../../native-worker/trainer/embedding/feature-network.ts'
import { createRandomFeatures, drawRandomFilters } from '../../../../native-worker/trainer/embedding/random-features.ts'
import { testCacheFolder } from '../engines-to-test.ts'
import { drawStripedImages } from './striped-images.ts'

const engine = await loadEngine('wasm', { cacheFolder: testCacheFolder })

test('the weights are the ones every run has been judged with', () => {
  const hash = createHash('sha256')
  // Rounded: the last bit of a logarithm or a sine may differ between versions of Node.
  for (const { shape, values } of drawRandomFilters()) {
    hash.update(shape.join()).update(JSON.stringify(Array.from(values, (value) => Math.round(value * 1e4))))
  }
  expect(hash.digest('hex')).toBe('6b7357bbb77ec5da23feab164eb35ce52f5ea56db80c1b97117a7dc02e22cd64')
})

test('features: finite, equal for grey and for grey in three channels, and leaving no tensor behind', () => {
  const network = createRandomFeatures(engine)
  const grey = drawStripedImages(1, [20, 20, 0])
  const colour = {
    ...grey,
    channels: 3 as const,
    pixels: Uint8Array.from([...grey.pixels].flatMap((value) => [value, value, value])),
  }
  const before = engine.tf.memory().numTensors
  const features = extractFeatures({ engine, network }, grey)
  expect(engine.tf.memory().numTensors).toBe(before)
  expect(features).toMatchObject({ rows: 40, columns: network.length })
  expect(features.values.every(Number.isFinite)).toBe(true)
  expect([...extractFeatures({ engine, network }, colour).values]).toEqual([...features.values])
})

test('large images are averaged down: a flat image of any size has the same features', () => {
  const network = createRandomFeatures(engine)
  const flat = (size: number) => ({
    pixels: new Uint8Array(size * size).fill(90),
    count: 1,
    size,
    channels: 1 as const,
  })
  const small = extractFeatures({ engine, network }, flat(128))
  const large = extractFeatures({ engine, network }, flat(256))
  large.values.forEach((value, index) => expect(value).toBeCloseTo(small.values[index] ?? Number.NaN, 4))
})
