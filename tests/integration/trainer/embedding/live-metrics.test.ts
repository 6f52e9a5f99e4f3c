import { expect, test } from 'vitest'
import { loadEngine } from '../../../../native-worker/trainer/engines/load-engine.ts'
import { LiveMetrics } from '../../../../native-worker/trainer/embedding/live-metrics.ts'
import { completeParameters, findRecipe } from '../../../../native-worker/trainer/recipes/registry.ts'
import { randomState, seedRandom } from '../../../../native-worker/random/run-random.ts'
import { testCacheFolder } from '../engines-to-test.ts'
import { drawStripedImages } from './striped-images.ts'
import { valueOf } from '../../../helpers/test-metrics.ts'

const engine = await loadEngine('wasm', { cacheFolder: testCacheFolder })

function untrained() {
  const { pixels } = drawStripedImages(1, [40, 20, 4])
  const set = {
    file: 'unused',
    size: 16,
    channels: 1 as const,
    classes: [
      { name: 'lying', images: 40 },
      { name: 'standing', images: 20 },
      { name: 'rare', images: 4 },
    ],
  }
  const random = seedRandom(7)
  const recipe = findRecipe('acgan')
  const gan = recipe.build({
    engine,
    height: 16,
    width: 16,
    channels: 1,
    classCount: 3,
    parameters: completeParameters(recipe, {}),
    random,
    brightness: { overall: 0.1, withinClasses: 0.05 },
  })
  return { engine, gan, random, live: new LiveMetrics({ engine, set, pixels, seed: 7 }, 0) }
}

test('measures every class it can, twice the same, and leaves the run as it was', { timeout: 120_000 }, () => {
  const { engine, gan, random, live } = untrained()
  const before = randomState(random)
  const first = live.measure(gan)
  const namesOf = (wanted: string | null): string[] =>
    first.filter(({ className }) => className === wanted).map(({ name }) => name)
  const ofClass = ['contrast', 'coverage', 'coverageFloor', 'diversity', 'images', 'kid', 'kidFloor', 'sharpness']
  expect(namesOf(null).sort()).toEqual(['coverage', 'coverageFloor', 'diversity', 'kid', 'kidFloor'])
  expect(namesOf('lying').sort()).toEqual(ofClass)
  expect(namesOf('standing').sort()).toEqual(ofClass)
  // Too small for anything but how many there are, and what the pictures themselves say.
  expect(namesOf('rare').sort()).toEqual(['contrast', 'images', 'sharpness'])
  expect(['lying', 'standing', 'rare'].map((name) => valueOf(first, 'images', name))).toEqual([40, 20, 4])
  const tensors = engine.tf.memory().numTensors
  expect(live.measure(gan)).toEqual(first)
  expect(engine.tf.memory().numTensors).toBe(tensors)
  expect(randomState(random)).toEqual(before)
  // An untrained generator makes flat grey: nothing like stripes.
  expect(valueOf(first, 'coverage')).toBeLessThan(0.2)
  for (const name of ['lying', 'standing', 'rare']) expect(valueOf(first, 'contrast', name)).toBeLessThan(0.3)
  for (const name of ['lying', 'standing']) expect(valueOf(first, 'coverageFloor', name)).toBeGreaterThan(0.5)
  expect(valueOf(first, 'kid') ?? 0).toBeGreaterThan((valueOf(first, 'kidFloor') ?? 0) + 0.5)
})

test('is due every thirty seconds at most, the first few times every ten', { timeout: 120_000 }, () => {
  const { gan, live } = untrained()
  expect(live.isDue(9)).toBe(false)
  expect(live.isDue(10)).toBe(true)
  for (let time = 0; time < 4; time++) live.measure(gan)
  const now = performance.now() / 1000
  expect(live.isDue(now + 20)).toBe(false)
  expect(live.isDue(now + 3600)).toBe(true)
})
