import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import { readValues, type Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { fillTensor, type GoldenFile, type Sampled } from './golden-file.ts'
import { buildGolden, goldenImages, imageShape, toTorch } from './golden-network.ts'

/** How far a training step of ours is from the step of a golden file; NaN where something is missing. */
export interface StepDifference {
  /** Largest of the three losses. */
  readonly losses: number
  /** By tensor: largest of the sampled weights, and of mean and deviation. */
  readonly weights: Readonly<Record<string, number>>
  /** By tensor: share of the sampled weights that moved and ended more than a step's fraction elsewhere. */
  readonly missed: Readonly<Record<string, number>>
}

/** A small part of the learning rate, which is most of the size of an Adam step. */
const elsewhere = 5e-5

/** The file's batch, as the discriminator takes it. */
export function goldenInput({ tf }: Engine, golden: GoldenFile): Tensor {
  const { x } = golden.inputs
  const { height, width, channels } = imageShape(golden)
  return tf.tensor(
    goldenImages(golden),
    x.shape.length === 2 ? [...x.shape] : [x.shape[0] ?? 0, height, width, channels],
  )
}

/** Largest difference from the sampled values; also from mean and deviation of the whole tensor. NaN where the size is another. */
export function differenceFrom(expected: Sampled, values: Float32Array): number {
  if (values.length !== expected.size) return Number.NaN
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length)
  const differences = expected.at.map(([index, value]) => Math.abs((values[index] ?? Number.NaN) - value))
  return Math.max(
    ...differences,
    Math.abs(mean - expected.mean),
    values.length > 100 ? Math.abs(deviation - expected.std) : 0,
  )
}

/** Takes the file's training step. The file must have one. */
export function takeGoldenStep(engine: Engine, golden: GoldenFile): StepDifference {
  const step = golden.one_training_step
  if (step === undefined) throw new Error(`${golden.file} has no training step`)
  const gan = buildGolden(engine, golden)
  const { z } = golden.inputs
  const count = z.shape[0] ?? 0
  const metrics = gan.trainStep({
    images: goldenInput(engine, golden) as Tensor4D,
    labels: Array.from({ length: count }, () => 0),
    latents: engine.tf.tensor2d(fillTensor(z), [count, z.shape[1] ?? 0]),
    progress: 0,
  })
  const lossesOf = { dLossReal: step.lossReal, dLossFake: step.lossFake, gLoss: step.lossG }
  const losses = Math.max(
    ...Object.entries(lossesOf).map(([name, value]) => Math.abs((metrics[name] ?? Number.NaN) - value)),
  )
  const weights: Record<string, number> = {}
  const missed: Record<string, number> = {}
  for (const [network, parameters, after] of [
    [golden.generator, gan.generator.parameters, step.G_after],
    [golden.discriminator, gan.discriminator.parameters, step.D_after],
  ] as const) {
    for (const [tensor, expected] of Object.entries(after)) {
      const index = network.tensors.findIndex(({ name }) => name === tensor)
      const [fill, parameter] = [network.tensors[index], parameters[index]]
      if (fill === undefined || parameter === undefined) throw new Error(`${golden.file} names no tensor ${tensor}`)
      const values = toTorch(readValues(engine.tf, parameter), parameter.shape)
      weights[tensor] = differenceFrom(expected, values)
      const before = fillTensor(fill)
      const moved = expected.at.filter(([at, value]) => Math.abs((before[at] ?? 0) - value) > elsewhere)
      const wrong = moved.filter(([at, value]) => !(Math.abs((values[at] ?? Number.NaN) - value) <= elsewhere))
      missed[tensor] = wrong.length / Math.max(1, moved.length)
    }
  }
  for (const parameter of gan.state) parameter.dispose()
  return { losses, weights, missed }
}
