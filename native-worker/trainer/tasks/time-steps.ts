import type { Tensor4D } from '@tensorflow/tfjs'
import type { Channels } from '../../../contract/project.ts'
import type { ParameterValues, RecipeId } from '../../../contract/training.ts'
import type { Engine } from '../engines/engine.ts'
import type { Gan } from '../adversarial/gan.ts'
import { completeParameters, findRecipe } from '../recipes/registry.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { seedRandom } from '../../random/run-random.ts'

/** The first steps allocate and warm caches up, and small ones are slow until V8 has compiled what they call again and again. */
const warmUp = { steps: 2, ms: 500 } as const

/**
 * Milliseconds of each training step of a recipe on random images, those that warm up left out (as far as the time allows them).
 * @param onTimed sees the trained networks before they are disposed of
 */
export function timeSteps(
  engine: Engine,
  {
    recipe: id,
    parameters,
    size,
    channels,
    batch,
    steps,
    classCount: classes = 4,
    atMostSeconds = Number.POSITIVE_INFINITY,
  }: {
    recipe: RecipeId
    parameters: ParameterValues
    size: number
    channels: Channels
    batch: number
    steps: number
    /** For recipes that learn all classes. */
    classCount?: number
    /** No step begins after this time; one is made in any case. */
    atMostSeconds?: number
  },
  onTimed: (gan: Gan) => void = () => undefined,
): readonly number[] {
  const began = performance.now()
  const recipe = findRecipe(id)
  const classCount = recipe.scope === 'all-classes' ? classes : 1
  const gan = recipe.build({
    engine,
    height: size,
    width: size,
    channels,
    classCount,
    parameters: completeParameters(recipe, { ...parameters, batch }),
    random: seedRandom(1),
    brightness: { overall: 0.1, withinClasses: 0.05 },
  })
  const random = RandomStream.fromSeed(1, 'images')
  const times: number[] = []
  let warmUpSteps: number | null = null
  const isOver = (): boolean =>
    (warmUpSteps !== null && times.length >= warmUpSteps + steps) ||
    (times.length > 0 && performance.now() - began >= 1000 * atMostSeconds)
  const firstBegan = performance.now()
  while (!isOver()) {
    const values = Float32Array.from({ length: batch * size * size * channels }, () => 2 * random.uniform() - 1)
    const images: Tensor4D = engine.tf.tensor4d(values, [batch, size, size, channels])
    const labels = Array.from({ length: batch }, () => random.integer(classCount))
    const stepBegan = performance.now()
    gan.trainStep({ images, labels, progress: 0.5 })
    times.push(performance.now() - stepBegan)
    images.dispose()
    if (times.length >= warmUp.steps && performance.now() - firstBegan >= warmUp.ms) warmUpSteps ??= times.length
  }
  onTimed(gan)
  for (const parameter of gan.state) parameter.dispose()
  return times.slice(Math.min(warmUpSteps ?? warmUp.steps, times.length - 1))
}
