import type { Tensor4D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { RecipeId, type ParameterValues } from '../../../contract/training.ts'
import type { Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
import { seedRandom } from '../../../native-worker/random/run-random.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'

const narrow: Partial<Record<RecipeId, ParameterValues>> = {
  'dcgan-96': { generatorWidth: 4, discriminatorWidth: 4 },
  'sn-dcgan-128': { generatorWidth: 4, discriminatorWidth: 4 },
}
const learning = RecipeId.options.filter((id) => findRecipe(id).trains)

describe.each(enginesToTest)('memory and movement on %s', (name) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await loadEngine(name, { cacheFolder: testCacheFolder })
  })

  it.each(learning)('%s keeps no tensor beyond a step, and a step moves both networks', (id) => {
    const { tf } = engine
    const recipe = findRecipe(id)
    const before = tf.memory().numTensors
    const gan = recipe.build({
      engine,
      height: 16,
      width: 16,
      channels: 1,
      classCount: recipe.scope === 'all-classes' ? 2 : 1,
      parameters: completeParameters(recipe, { ...narrow[id], batch: 4 }),
      random: seedRandom(3),
      brightness: { overall: 0.1, withinClasses: 0.05 },
    })
    const images: Tensor4D = tf.randomUniform([4, 16, 16, 1], -1, 1, 'float32', 1)
    const labels = [0, 0, 0, 0].map((_, index) => (recipe.scope === 'all-classes' ? index % 2 : 0))
    const step = (): Readonly<Record<string, number>> => gan.trainStep({ images, labels, progress: 0.5 })
    const read = () =>
      gan.state
        .filter(({ name: parameter }) => /^(generator|discriminator)\/.*kernel$/.test(parameter))
        .map((parameter) => {
          const value = parameter.read()
          const values = value.dataSync().slice()
          return { parameter: parameter.name, values }
        })
    step()
    const kernels = tf.tidy(read)
    const afterFirst = tf.memory().numTensors
    for (let count = 0; count < 3; count++) {
      for (const [metric, value] of Object.entries(step())) expect(Number.isFinite(value), metric).toBe(true)
    }
    expect(tf.memory().numTensors).toBe(afterFirst)
    tf.tidy(read).forEach(({ parameter, values }, index) => {
      expect(values, parameter).not.toEqual(kernels[index]?.values)
    })

    tf.tidy(() => {
      gan.generate(tf.randomNormal([2, gan.latentLength], 0, 1, 'float32', 1), labels.slice(0, 2))
    })
    expect(tf.memory().numTensors).toBe(afterFirst)
    for (const parameter of gan.state) parameter.dispose()
    images.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})
