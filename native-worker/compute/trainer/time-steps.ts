import type { Tensor4D } from '@tensorflow/tfjs'
import type { Channels } from '../../../contract/project.ts'
import type { ParameterValues, RecipeId } from '../../../contract/training.ts'
import type { Engine } from '../engines/engine.ts'
import { completeParameters, findRecipe } from '../recipes/registry.ts'
import { RandomStream } from '../random/random-stream.ts'
import { seedRandom } from '../random/run-random.ts'

/** Milliseconds of each training step of a recipe on random images of four classes (or one), two warm-up steps left out. */
export function timeSteps(
  engine: Engine,
  {
    recipe: id,
    parameters,
    size,
    channels,
    batch,
    steps,
  }: {
    recipe: RecipeId
    parameters: ParameterValues
    size: number
    channels: Channels
    batch: number
    steps: number
  },
): readonly number[] {
  const recipe = findRecipe(id)
  const classCount = recipe.scope === 'all-classes' ? 4 : 1
  const gan = recipe.build({
    engine,
    height: size,
    width: size,
    channels,
    classCount,
    parameters: completeParameters(recipe, { ...parameters, batch }),
    random: seedRandom(1),
    brightnessDeviation: 0.1,
  })
  const random = RandomStream.fromSeed(1, 'images')
  const times: number[] = []
  for (let step = -2; step < steps; step++) {
    const values = Float32Array.from({ length: batch * size * size * channels }, () => 2 * random.uniform() - 1)
    const images: Tensor4D = engine.tf.tensor4d(values, [batch, size, size, channels])
    const labels = Array.from({ length: batch }, () => random.integer(classCount))
    const began = performance.now()
    gan.trainStep({ images, labels, progress: 0.5 })
    if (step >= 0) times.push(performance.now() - began)
    images.dispose()
  }
  for (const parameter of gan.state) parameter.dispose()
  return times
}
