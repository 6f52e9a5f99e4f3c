import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { ActivationName } from '../engines/arithmetic.ts'
import type { Engine } from '../engines/engine.ts'
import type { Forward, Layer, Pass } from './layer.ts'

export class ActivationLayer implements Layer {
  readonly parameters = []
  readonly #engine: Engine
  readonly #name: ActivationName

  constructor(engine: Engine, name: ActivationName) {
    this.#engine = engine
    this.#name = name
  }

  forward(input: Tensor): Forward {
    const { arithmetic } = this.#engine
    const output = arithmetic.activate(this.#name, input)
    return { output, backward: (outputGradient) => arithmetic.activateGradient(this.#name, outputGradient, output) }
  }
}

export class DropoutLayer implements Layer {
  readonly parameters = []
  readonly #engine: Engine
  readonly #rate: number

  constructor(engine: Engine, rate: number) {
    this.#engine = engine
    this.#rate = rate
  }

  forward(input: Tensor, { training, dropout }: Pass): Forward {
    if (!training || this.#rate === 0) return { output: input, backward: (outputGradient) => outputGradient }
    const mask = this.#engine.tf.tensor(dropout.mask(input.size, this.#rate), input.shape, 'float32')
    return { output: input.mul(mask), backward: (outputGradient) => outputGradient.mul(mask) }
  }
}

export class ReshapeLayer implements Layer {
  readonly parameters = []
  readonly #shape: readonly number[]

  constructor(shape: readonly number[]) {
    this.#shape = shape
  }

  forward(input: Tensor): Forward {
    return {
      output: input.reshape([-1, ...this.#shape]),
      backward: (outputGradient) => outputGradient.reshape(input.shape),
    }
  }
}

/** Nearest neighbour, twice as high and wide, from reshapes and concatenations only. */
export class UpsampleLayer implements Layer {
  readonly parameters = []
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  forward(input: Tensor): Forward {
    const { tf } = this.#engine
    const [batch = 0, height = 0, width = 0, channels = 0] = input.shape
    return {
      output: tf.tidy(() => upsample(tf, input as Tensor4D)),
      backward: (outputGradient) =>
        tf.tidy(() => {
          const rows = outputGradient.reshape([batch * height, 2, width * 2 * channels]).sum(1)
          return rows
            .reshape([batch * height * width, 2, channels])
            .sum(1)
            .reshape(input.shape)
        }),
    }
  }
}

export function upsample(tf: Engine['tf'], input: Tensor4D): Tensor4D {
  const [batch, height, width, channels] = input.shape
  const wide = tf.concat([input, input], 3).reshape([batch, height, 2 * width, channels])
  return tf.concat([wide, wide], 2).reshape([batch, 2 * height, 2 * width, channels])
}

/** One row of zeros below, one column to the right. */
export class PadEndLayer implements Layer {
  readonly parameters = []
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  forward(input: Tensor, _pass: Pass): Forward {
    return {
      output: this.#engine.tf.pad(input as Tensor4D, [
        [0, 0],
        [0, 1],
        [0, 1],
        [0, 0],
      ]),
      backward: (outputGradient) => outputGradient.slice([0, 0, 0, 0], input.shape),
    }
  }
}
