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
}

const convolution = (from: number, to: number, options: { kernel: number; stride: number }): LayerSpec => ({
  kind: 'convolution',
  from,
  to,
  ...options,
  padding: 'same',
  bias: false,
})

/** Two 3 × 3 convolutions beside a 1 × 1 one, added and rectified (He et al. 2016); halves height and width. */
export class ResidualBlock implements Layer {
  readonly parameters
  readonly #engine: Engine
  readonly #main: Network
  readonly #skip: Network

  constructor(engine: Engine, { name, from, to, random }: BlockOptions) {
    this.#engine = engine
    const common = { initialisation: 'keras', random } as const
    this.#main = buildNetwork(
      engine,
      [
        convolution(from, to, { kernel: 3, stride: 2 }),
        torchBatchNorm(to),
        { kind: 'activation', name: 'relu' },
        convolution(to, to, { kernel: 3, stride: 1 }),
        torchBatchNorm(to),
      ],
      { name: `${name}/main`, ...common },
    )
    this.#skip = buildNetwork(engine, [convolution(from, to, { kernel: 1, stride: 2 })], {
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
