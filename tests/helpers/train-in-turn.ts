import type { ParameterValues, RecipeId } from '../../contract/training.ts'
import type { Engine } from '../../native-worker/trainer/engines/engine.ts'
import type { Gan } from '../../native-worker/trainer/adversarial/gan.ts'
import { completeParameters, findRecipe } from '../../native-worker/trainer/recipes/registry.ts'
import { BatchStream } from '../../native-worker/trainer/batch-stream.ts'
import { seedRandom } from '../../native-worker/random/run-random.ts'
import type { TinyTask } from './tiny-task.ts'

/** A recipe in training, step by step, and the time its steps have taken. */
export interface Contestant {
  readonly recipe: RecipeId
  readonly gan: Gan
  readonly steps: number
  readonly seconds: number
  step(progress: number): void
  dispose(): void
}

export function enterContest(
  engine: Engine,
  {
    recipe: id,
    parameters,
    task,
    seed,
  }: { recipe: RecipeId; parameters: ParameterValues; task: TinyTask; seed: number },
): Contestant {
  const { set, pixels } = task
  const { size, channels, classes } = set
  const random = seedRandom(seed)
  const batches = new BatchStream({ set, pixels, seed, order: random.order, positions: null })
  const recipe = findRecipe(id)
  const gan = recipe.build({
    engine,
    height: size,
    width: size,
    channels,
    classCount: classes.length,
    parameters: completeParameters(recipe, parameters),
    random,
    brightness: batches.brightness(),
  })
  let steps = 0
  let seconds = 0
  return {
    recipe: id,
    gan,
    get steps() {
      return steps
    },
    get seconds() {
      return seconds
    },
    step: (progress) => {
      const began = performance.now()
      const { images, labels } = batches.next(gan.batch, gan.classExponent?.(progress) ?? null)
      const tensor = engine.tf.tensor4d(images, [labels.length, size, size, channels])
      const metrics = gan.trainStep({ images: tensor, labels, progress })
      tensor.dispose()
      seconds += (performance.now() - began) / 1000
      steps++
      const bad = Object.entries(metrics).find(([, value]) => !Number.isFinite(value))
      if (bad !== undefined) throw new Error(`${id}: ${bad[0]} is ${bad[1]} at step ${steps}`)
    },
    dispose: () => {
      for (const parameter of gan.state) parameter.dispose()
    },
  }
}

/**
 * Trains the first for `steps` steps; after each of its steps every other one catches up with the time the first has taken,
 * so that a busy moment of the machine hits all alike.
 */
export function trainInTurn([first, ...others]: readonly [Contestant, ...Contestant[]], steps: number): void {
  for (let step = 0; step < steps; step++) {
    const progress = step / steps
    first.step(progress)
    for (const other of others) while (other.seconds < first.seconds) other.step(progress)
  }
}
