import type { Tensor } from '@tensorflow/tfjs'
import { Gradients } from '../networks/gradients.ts'
import { buildNetwork } from '../networks/build-network.ts'
import { kerasBatchNorm, leakyRelu, relu, tanh, torchBatchNorm, type LayerSpec } from '../networks/layer-spec.ts'
import { RandomStream } from '../../random/random-stream.ts'
import type { Engine } from './engine.ts'
import { probeNumbers } from './probe-numbers.ts'

/** Every kind of layer the published recipes use, as small as they come. */
const layers: readonly LayerSpec[] = [
  { kind: 'dense', from: 6, to: 4 * 4 * 5 },
  relu,
  { kind: 'reshape', shape: [4, 4, 5] },
  { kind: 'transposedConvolution', from: 5, to: 4, kernel: 4, stride: 2, padding: 'same', bias: false },
  torchBatchNorm(4),
  leakyRelu, // [8, 8, 4]
  { kind: 'transposedConvolution', from: 4, to: 3, kernel: 5, stride: 3, padding: 'same', bias: true },
  tanh, // [24, 24, 3]
  { kind: 'convolution', from: 3, to: 6, kernel: 3, stride: 2, padding: 'same', bias: true },
  { kind: 'padEnd' },
  kerasBatchNorm(6),
  leakyRelu, // [13, 13, 6]
  { kind: 'upsample' },
  { kind: 'convolution', from: 6, to: 4, kernel: 4, stride: 2, padding: 'valid', bias: false, spectralNorm: true },
  { kind: 'dense', from: 12 * 12 * 4, to: 2 },
]

/** Sampled gradient values of a fixed network on fixed numbers, in a fixed order. */
export function probeGradients(engine: Engine): readonly number[] {
  const { tf } = engine
  const random = RandomStream.fromSeed(20_260_101, 'probe')
  const network = buildNetwork(engine, layers, { name: 'probe', initialisation: 'torch', random })
  const values = tf.tidy(() => {
    const input = tf.tensor2d(random.normals(4 * 6), [4, 6])
    const { output, backward } = network.forward(input, { training: true, dropout: random })
    const into = new Gradients()
    const atInput = backward(tf.tensor2d(random.normals(8), [4, 2]), into, { wantsInput: true })
    const gradients = network.parameters.filter(({ trainable }) => trainable).map((parameter) => into.of(parameter))
    return [output, ...(atInput === null ? [] : [atInput]), ...gradients].flatMap(sample)
  })
  for (const parameter of network.parameters) parameter.dispose()
  return values
}

/** The first and last values, and the mean of all magnitudes. */
function sample(tensor: Tensor): readonly number[] {
  const values = tensor.dataSync<'float32'>()
  const magnitude = values.reduce((total, value) => total + Math.abs(value), 0) / values.length
  return [values[0] ?? Number.NaN, values[values.length >> 1] ?? Number.NaN, values.at(-1) ?? Number.NaN, magnitude]
}

/** Largest difference from the stored numbers, relative to 1 or to the number where that is larger. */
export function probeError(engine: Engine): number {
  const found = probeGradients(engine)
  if (found.length !== probeNumbers.length) return Number.POSITIVE_INFINITY
  return Math.max(
    ...probeNumbers.map(
      (expected, index) => Math.abs((found[index] ?? Number.NaN) - expected) / Math.max(1, Math.abs(expected)),
    ),
  )
}
