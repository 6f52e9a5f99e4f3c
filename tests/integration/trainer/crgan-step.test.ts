import { expect, it } from 'vitest'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { crganBlocks, type CrganShape } from '../../../native-worker/trainer/recipes/crgan/crgan-architecture.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
import { seedRandom } from '../../../native-worker/random/run-random.ts'
import { testCacheFolder } from './engines-to-test.ts'

it('penalises the slope every so many steps, and shows the last one between', { timeout: 60_000 }, async () => {
  const engine = await loadEngine('wasm', { cacheFolder: testCacheFolder })
  const recipe = findRecipe('crgan')
  const slopesOf = (penaltyEvery: number): readonly (number | undefined)[] => {
    const gan = recipe.build({
      engine,
      height: 16,
      width: 16,
      channels: 1,
      classCount: 2,
      parameters: completeParameters(recipe, { batch: 4, penaltyEvery }),
      random: seedRandom(3),
      brightness: { overall: 0.1, withinClasses: 0.05 },
    })
    const images = engine.tf.randomUniform([4, 16, 16, 1], -1, 1, 'float32', 1)
    return [0, 1, 2, 3].map(
      () => gan.trainStep({ images: images as never, labels: [0, 1, 0, 1], progress: 0 })['slope'],
    )
  }
  const [first, second, third, fourth] = slopesOf(2)
  expect(first).toBeGreaterThan(0)
  expect(second).toBe(first)
  expect(third).not.toBe(first)
  expect(fourth).toBe(third)
  expect(new Set(slopesOf(1)).size).toBe(4)
})

it.each([16, 24, 32, 64, 128, 256])(
  'at %i px no block works at full size, and one at least knows the class',
  (size) => {
    const shape: CrganShape = { edition: '1', size, channels: 1, classCount: 4, latent: 64, width: 'XXS' }
    const blocks = crganBlocks(shape)
    expect(blocks.at(-1)?.resolution).toBe(size / 2)
    expect(blocks.some(({ conditioned }) => conditioned)).toBe(true)
  },
)
