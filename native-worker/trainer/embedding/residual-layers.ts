import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../engines/engine.ts'
import { buildNetwork } from '../networks/build-network.ts'
import type { Forward, Layer, Pass } from '../networks/layer.ts'
import { torchBatchNorm, type LayerSpec } from '../networks/layer-spec.ts'
import type { Network } from '../networks/network.ts'
import type { RandomStream } from '../../random/random-stream.ts'

interface BlockOptions {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly random: RandomStream
  /** 2 halves height and width. */
  readonly stride: 1 | 2
}

const convolution = (from: number, to: number, options: { kernel: number; stride: number }): LayerSpec => ({
  kind: 'convolution',
  from,
  to,
  ...options,
  padding: 'same',
  bias: false,
})

/** Two 3 × 3 convolutions beside a 1 × 1 one, added and rectified (He et al. 2016). */
class ResidualBlock implements Layer {
  readonly parameters
  readonly #engine: Engine
  readonly #main: Network
  readonly #skip: Network

  constructor(engine: Engine, { name, from, to, random, stride }: BlockOptions) {
    this.#engine = engine
    const common = { initialisation: 'keras', random } as const
    this.#main = buildNetwork(
      engine,
      [
        convolution(from, to, { kernel: 3, stride }),
        torchBatchNorm(to),
        { kind: 'activation', name: 'relu' },
        convolution(to, to, { kernel: 3, stride: 1 }),
        torchBatchNorm(to),
      ],
      { name: `${name}/main`, ...common },
    )
    this.#skip = buildNetwork(engine, [convolution(from, to, { kernel: 1, stride })], {
      name: `${name}/skip`,
      ...common,
    })
    this.parameters = [...this.#main.parameters, ...this.#skip.parameters]
  }

  forward(input: Tensor, pass: Pass): Forward {
    const { arithmetic } = this.#engine
    const main = this.#main.forward(input, pass)
    const skip = this.#skip.forward(input, pass)
    const output = arithmetic.activate('relu', main.output.add(skip.output))
    return {
      output,
      backward: (outputGradient, into, options) => {
        const atSum = arithmetic.activateGradient('relu', outputGradient, output)
        const fromMain = main.backward(atSum, into, options)
        const fromSkip = skip.backward(atSum, into, options)
        return fromMain === null || fromSkip === null ? null : fromMain.add(fromSkip)
      },
    }
  }
}

/**
 * A 5 × 5 convolution that halves the image, then a block a width.
 * @param widths channels after the convolution and after every block
 * @param strideOf a block, by its index among `blocks`; each halves the image where left out
 */
export function buildResidualStages(
  engine: Engine,
  {
    name,
    channels,
    widths,
    random,
    strideOf = () => 2,
  }: {
    readonly name: string
    readonly channels: number
    readonly widths: readonly [number, ...number[]]
    readonly random: RandomStream
    readonly strideOf?: (index: number, blocks: number) => 1 | 2
  },
): readonly Layer[] {
  const [first, ...others] = widths
  const stem = buildNetwork(
    engine,
    [
      convolution(channels, first, { kernel: 5, stride: 2 }),
      torchBatchNorm(first),
      { kind: 'activation', name: 'relu' },
    ],
    { name: `${name}/stem`, initialisation: 'keras', random },
  )
  const blocks = others.map(
    (to, index) =>
      new ResidualBlock(engine, {
        name: `${name}/${index}`,
        from: widths[index] ?? first,
        to,
        random,
        stride: strideOf(index, others.length),
      }),
  )
  return [stem, ...blocks]
}

/** [batch, height, width, channels] to the mean of every channel, [batch, channels]. */
export class GlobalMeanLayer implements Layer {
  readonly parameters = []

  forward(input: Tensor): Forward {
    const [batch, height, width, channels] = (input as Tensor4D).shape
    return {
      output: input.mean([1, 2]),
      backward: (outputGradient) =>
        outputGradient
          .div(height * width)
          .reshape([batch, 1, 1, channels])
          .tile([1, height, width, 1]),
    }
  }
}

/** [batch, height, width, channels] to the mean and then the maximum of every channel, [batch, 2 · channels]. */
export class GlobalMeanMaxLayer implements Layer {
  readonly parameters = []
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  forward(input: Tensor): Forward {
    const { tf } = this.#engine
    const [batch, height, width, channels] = (input as Tensor4D).shape
    const places = height * width
    const values = input.dataSync<'float32'>()
    const pooled = new Float32Array(batch * 2 * channels)
    /** Index of the first largest value of every channel. */
    const largest = new Int32Array(batch * channels)
    for (let image = 0; image < batch; image++)
      for (let channel = 0; channel < channels; channel++) {
        const start = image * places * channels + channel
        let sum = 0
        let best = start
        for (let index = start; index < start + places * channels; index += channels) {
          const value = values[index] ?? 0
          sum += value
          if (value > (values[best] ?? 0)) best = index
        }
        pooled[image * 2 * channels + channel] = sum / places
        pooled[(image * 2 + 1) * channels + channel] = values[best] ?? 0
        largest[image * channels + channel] = best
      }
    return {
      output: tf.tensor2d(pooled, [batch, 2 * channels]),
      // Over few numbers: broadcasting them with tfjs takes a hundred times as long.
      backward: (outputGradient) => {
        const above = outputGradient.dataSync<'float32'>()
        const gradient = new Float32Array(values.length)
        for (let image = 0; image < batch; image++)
          for (let channel = 0; channel < channels; channel++) {
            const start = image * places * channels + channel
            const ofMean = (above[image * 2 * channels + channel] ?? 0) / places
            for (let index = start; index < start + places * channels; index += channels) gradient[index] = ofMean
            const best = largest[image * channels + channel] ?? start
            gradient[best] = (gradient[best] ?? 0) + (above[(image * 2 + 1) * channels + channel] ?? 0)
          }
        return tf.tensor4d(gradient, [batch, height, width, channels])
      },
    }
  }
}
