import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine, Parameter } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'
import { fillTensor, goldenFolder, readGoldenFiles, type GoldenFile } from './golden-file.ts'
import { buildGolden, imagesToGolden } from './golden-network.ts'
import { differenceFrom, goldenInput, takeGoldenStep } from './golden-step.ts'

const inference = { training: false, dropout: RandomStream.fromSeed(0, 'unused') }
const outputTolerance = 2e-4
const stepTolerance = 1e-3

const trainableCount = (parameters: readonly Parameter[]): number =>
  parameters
    .filter(({ trainable }) => trainable)
    .reduce((total, { shape }) => total + shape.reduce((product, length) => product * length, 1), 0)

const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>().slice()

function generatorInput({ tf }: Engine, golden: GoldenFile): Tensor2D {
  const { z, labels } = golden.inputs
  const noise = tf.tensor2d(fillTensor(z), [z.shape[0] ?? 0, z.shape[1] ?? 0])
  if (golden.recipe !== 'acgan') return noise
  const classes = tf.oneHot([...(labels ?? [])], Number(golden.config['classes'])).cast('float32')
  return tf.concat([noise, classes as Tensor2D], 1)
}

describe.each(enginesToTest)('golden numbers on %s', (name) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await loadEngine(name, { cacheFolder: testCacheFolder })
  })

  for (const golden of readGoldenFiles()) {
    it(`${golden.file}: parameter counts and inference`, () => {
      const { tf } = engine
      const gan = buildGolden(engine, golden)
      expect(trainableCount(gan.generator.parameters)).toBe(golden.generator.trainable_parameters)
      expect(trainableCount(gan.discriminator.parameters)).toBe(golden.discriminator.trainable_parameters)

      const outputs = tf.tidy((): Record<string, Float32Array> => {
        const made = gan.generator.forward(generatorInput(engine, golden), inference).output
        const logits = gan.discriminator
          .forward(goldenInput(engine, golden), inference)
          .output.reshape([golden.inputs.x.shape[0] ?? 1, -1])
        const validity = read(tf.sigmoid(logits.slice([0, 0], [-1, 1])))
        return {
          'G(z)': imagesToGolden(golden, read(made), made.shape),
          'D(x)': validity,
          'D(x).validity': validity,
          ...((logits.shape[1] ?? 1) > 1 && { 'D(x).label': read(tf.softmax(logits.slice([0, 1], [-1, -1]))) }),
        }
      })
      for (const [output, expected] of Object.entries(golden.inference)) {
        expect(differenceFrom(expected, outputs[output] ?? new Float32Array()), output).toBeLessThanOrEqual(
          outputTolerance,
        )
      }
      for (const parameter of gan.state) parameter.dispose()
    })

    const step = golden.one_training_step
    if (step === undefined) continue
    it(`${golden.file}: one training step`, () => {
      const { losses, weights, missed } = takeGoldenStep(engine, golden)
      expect(losses).toBeLessThanOrEqual(stepTolerance)
      expect(Object.keys(weights)).not.toEqual([])
      for (const [tensor, difference] of Object.entries(weights))
        expect(difference, tensor).toBeLessThanOrEqual(stepTolerance)
      // The step must be there, not merely be small: most of an Adam step's size is the learning rate.
      for (const [tensor, share] of Object.entries(missed))
        expect(share, `${tensor}: share of weights that moved elsewhere`).toBeLessThan(0.02)
    })
  }
})

describe('published parameter counts', () => {
  const counts = JSON.parse(readFileSync(join(goldenFolder, 'parameter-counts.json'), 'utf8')) as Record<
    string,
    { G: number; D: number }
  >
  const sizes = { 'dcgan-96': [96, 3], 'sn-dcgan-128': [128, 3], 'mlp-gan': [28, 1] } as const
  it.each(Object.entries(sizes))('%s', (id, [size, channels]) => {
    const recipe = findRecipe(id as keyof typeof sizes)
    const expected = Object.entries(counts).find(([key]) => key.startsWith(id))?.[1]
    const parameters = completeParameters(recipe, {})
    const { generator, discriminator } = recipe.parameterCounts({ size, channels, classCount: 1, parameters })
    expect({ G: generator, D: discriminator }).toEqual(expected)
  })
})
