import type { Tensor } from '@tensorflow/tfjs'
import type { Engine, Parameter } from '../engines/engine.ts'
import type { Forward, Layer, Pass } from './layer.ts'

export interface BatchNormOptions {
  readonly scale: Parameter
  readonly shift: Parameter
  readonly runningMean: Parameter
  readonly runningVariance: Parameter
  readonly epsilon: number
  readonly keep: number
  readonly unbiased: boolean
}

/** Batch normalisation over every axis but the last (Ioffe & Szegedy 2015). */
export class BatchNormLayer implements Layer {
  readonly parameters: readonly Parameter[]
  readonly #engine: Engine
  readonly #options: BatchNormOptions

  constructor(engine: Engine, options: BatchNormOptions) {
    this.#engine = engine
    this.#options = options
    this.parameters = [options.scale, options.shift, options.runningMean, options.runningVariance]
  }

  forward(input: Tensor, { training }: Pass): Forward {
    const { scale, shift, epsilon } = this.#options
    if (!training) return { output: this.#infer(input), backward: refuseBackward }
    const { arithmetic } = this.#engine
    const { output, mean, variance } = arithmetic.normalise(input, scale.read(), { shift: shift.read(), epsilon })
    this.#moveStatistics({ mean, variance, count: input.size / mean.size })
    return {
      output,
      backward: (outputGradient, into) => {
        const gradient = arithmetic.normaliseGradient(outputGradient, input, {
          scale: scale.read(),
          mean,
          variance,
          epsilon,
        })
        into?.add(scale, gradient.scale)
        into?.add(shift, gradient.shift)
        return gradient.input
      },
    }
  }

  #infer(input: Tensor): Tensor {
    const { scale, shift, runningMean, runningVariance, epsilon } = this.#options
    return this.#engine.tf.tidy(() => {
      const gain = runningVariance.read().add(epsilon).rsqrt().mul(scale.read())
      return input.mul(gain).add(shift.read().sub(runningMean.read().mul(gain)))
    })
  }

  #moveStatistics({ mean, variance, count }: { mean: Tensor; variance: Tensor; count: number }): void {
    const { runningMean, runningVariance, keep, unbiased } = this.#options
    const correction = unbiased && count > 1 ? count / (count - 1) : 1
    this.#engine.tf.tidy(() => {
      runningMean.write(
        runningMean
          .read()
          .mul(keep)
          .add(mean.mul(1 - keep)),
      )
      runningVariance.write(
        runningVariance
          .read()
          .mul(keep)
          .add(variance.mul((1 - keep) * correction)),
      )
    })
  }
}

function refuseBackward(): never {
  throw new Error('no backward pass through batch norm in inference mode')
}
