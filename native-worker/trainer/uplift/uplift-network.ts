import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { RandomStream } from '../../random/random-stream.ts'
import { buildResidualStages, GlobalMeanMaxLayer } from '../embedding/residual-layers.ts'
import { readValues, type Engine, type Parameter } from '../engines/engine.ts'
import { buildNetwork } from '../networks/build-network.ts'
import type { Pass } from '../networks/layer.ts'
import { Network } from '../networks/network.ts'

/** Everything but the last layer, by the name of each parameter. */
export type BodyWeights = ReadonlyMap<string, Float32Array>

export interface UpliftNetworkOptions {
  readonly channels: number
  readonly classCount: number
  readonly seed: number
  /** Channels after the first convolution and after every block. */
  readonly widths: readonly number[]
}

/**
 * The judge of usefulness: a small residual network of another shape than the one that says what images are like. Its last block keeps
 * its resolution, and the maximum of every channel is handed on besides the mean, so that small defects count.
 */
export class UpliftNetwork {
  readonly network: Network
  readonly #engine: Engine
  readonly #body: Network
  readonly #inference: Pass

  constructor(engine: Engine, { channels, classCount, seed, widths }: UpliftNetworkOptions) {
    this.#engine = engine
    const random = RandomStream.fromSeed(seed, 'uplift weights')
    this.#inference = { training: false, dropout: random }
    const [first = 12, ...others] = widths
    const last = widths.at(-1) ?? first
    const stages = buildResidualStages(engine, {
      ...{ name: 'body', channels, widths: [first, ...others], random },
      strideOf: (index, blocks) => (index === blocks - 1 ? 1 : 2),
    })
    const head = buildNetwork(engine, [{ kind: 'dense', from: 2 * last, to: classCount }], {
      name: 'head',
      initialisation: 'keras',
      random,
    })
    this.#body = new Network(stages)
    this.network = new Network([this.#body, new GlobalMeanMaxLayer(engine), head])
  }

  get parameters(): readonly Parameter[] {
    return this.network.parameters
  }

  /** @param images [batch, size, size, channels] */
  logits(images: Tensor4D): Tensor2D {
    return this.network.forward(images as Tensor, this.#inference).output as Tensor2D
  }

  readBody(): BodyWeights {
    return new Map(this.#body.parameters.map((parameter) => [parameter.name, readValues(this.#engine.tf, parameter)]))
  }

  /** Takes over what another network of these widths has learned, whatever that told apart. */
  adoptBody(weights: BodyWeights): void {
    for (const parameter of this.#body.parameters) {
      const values = weights.get(parameter.name)
      if (values === undefined) throw new Error(`no weights for ${parameter.name}`)
      writeValues(this.#engine, parameter, values)
    }
  }

  dispose(): void {
    for (const parameter of this.parameters) parameter.dispose()
  }
}

export function writeValues({ tf }: Engine, parameter: Parameter, values: Float32Array): void {
  tf.tidy(() => {
    parameter.write(tf.tensor(values, [...parameter.shape], 'float32'))
  })
}
