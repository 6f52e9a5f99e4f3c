import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine, Parameter } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'
import { fillTensor, goldenFolder, readGoldenFiles, type GoldenFile, type Sampled } from './golden-file.ts'
import { buildGolden, goldenImages, imageShape, imagesToGolden, toTorch } from './golden-network.ts'

const inference = { training: false, dropout: RandomStream.fromSeed(0, 'unused') }
const outputTolerance = 2e-4
const stepTolerance = 1e-3

/** Largest difference from the sampled values; also from size, mean and deviation of the whole tensor. */
function differenceFrom(expected: Sampled, values: Float32Array): number {
  expect(values.length).toBe(expected.size)
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length)
  const differences = expected.at.map(([index, value]) => Math.abs((values[index] ?? Number.NaN) - value))
  return Math.max(
    ...differences,
    Math.abs(mean - expected.mean),
    values.length > 100 ? Math.abs(deviation - expected.std) : 0,
  )
}

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

function discriminatorInput({ tf }: Engine, golden: GoldenFile): Tensor {
  const { x } = golden.inputs
  const { height, width, channels } = imageShape(golden)
  return tf.tensor(
    goldenImages(golden),
    x.shape.length === 2 ? [...x.shape] : [x.shape[0] ?? 0, height, width, channels],
  )
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
          .forward(discriminatorInput(engine, golden), inference)
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
      const gan = buildGolden(engine, golden)
      const { z } = golden.inputs
      const count = z.shape[0] ?? 0
      const metrics = gan.trainStep({
        images: discriminatorInput(engine, golden) as Tensor4D,
        labels: Array.from({ length: count }, () => 0),
        latents: engine.tf.tensor2d(fillTensor(z), [count, z.shape[1] ?? 0]),
        progress: 0,
      })
      expect(Math.abs((metrics['dLossReal'] ?? Number.NaN) - step.lossReal)).toBeLessThanOrEqual(stepTolerance)
      expect(Math.abs((metrics['dLossFake'] ?? Number.NaN) - step.lossFake)).toBeLessThanOrEqual(stepTolerance)
      expect(Math.abs((metrics['gLoss'] ?? Number.NaN) - step.lossG)).toBeLessThanOrEqual(stepTolerance)
      const updated = [
        [golden.generator, gan.generator.parameters, step.G_after],
        [golden.discriminator, gan.discriminator.parameters, step.D_after],
      ] as const
      for (const [network, parameters, after] of updated) {
        for (const [tensor, expected] of Object.entries(after)) {
          const parameter = parameters[network.tensors.findIndex((candidate) => candidate.name === tensor)]
          if (parameter === undefined) throw new Error(`${golden.file} names no tensor ${tensor}`)
          const values = toTorch(read(parameter.read()), parameter.shape)
          expect(differenceFrom(expected, values), tensor).toBeLessThanOrEqual(stepTolerance)
          // The step must be there, not merely be small: most of an Adam step's size is the learning rate.
          const before = fillTensor(network.tensors.find((candidate) => candidate.name === tensor) as never)
          const moved = expected.at.filter(([index, value]) => Math.abs((before[index] ?? 0) - value) > 5e-5)
          const missed = moved.filter(([index, value]) => Math.abs((values[index] ?? 0) - value) > 5e-5)
          expect(
            missed.length / Math.max(1, moved.length),
            `${tensor}: share of weights that moved elsewhere`,
          ).toBeLessThan(0.02)
        }
      }
      for (const parameter of gan.state) parameter.dispose()
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
