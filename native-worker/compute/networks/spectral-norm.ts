import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { Engine, Parameter } from '../engines/engine.ts'
import type { Pass } from './layer.ts'

export interface NormalisedFilter {
  readonly filter: Tensor
  /** From the gradient of the normalised filter to that of the stored one. */
  backward(filterGradient: Tensor): Tensor
}

/**
 * Spectral normalisation (Miyato et al. 2018, algorithm 1), as PyTorch's `torch.nn.utils.spectral_norm` does it: one power
 * iteration at each training forward, u and v kept and treated as constants by the gradient.
 */
export class SpectralNorm {
  readonly parameters: readonly Parameter[]
  readonly #engine: Engine
  /** Left singular vector, [out]. */
  readonly #left: Parameter
  /** Right singular vector, [k · k · in]. */
  readonly #right: Parameter

  constructor(engine: Engine, { left, right }: { left: Parameter; right: Parameter }) {
    this.#engine = engine
    this.#left = left
    this.#right = right
    this.parameters = [left, right]
  }

  normalise(kernel: Parameter, { training }: Pass): NormalisedFilter {
    const { tf } = this.#engine
    const stored = kernel.read()
    const matrix = stored.reshape([-1, stored.shape.at(-1) ?? 1]) as Tensor2D // [k·k·in, out]
    if (training) {
      tf.tidy(() => {
        const right = unit(tf, matrix.matMul(column(this.#left.read()))) // [k·k·in, 1]
        const left = unit(tf, matrix.matMul(right, true, false)) // [out, 1]
        this.#right.write(right.reshape([...this.#right.shape]))
        this.#left.write(left.reshape([...this.#left.shape]))
      })
    }
    // Copies: the next forward of this step moves both before this one's backward reads them.
    const left = this.#left.read().clone()
    const right = this.#right.read().clone()
    const sigma = tf.tidy(() => right.reshape([1, -1]).matMul(matrix).matMul(column(left)).reshape([]))
    const filter = stored.div(sigma)
    return {
      filter,
      backward: (gradient) =>
        tf.tidy(() => {
          const along = gradient.mul(filter).sum()
          const outer = column(right)
            .matMul(left.reshape([1, -1]))
            .reshape(gradient.shape)
          return gradient.sub(outer.mul(along)).div(sigma)
        }),
    }
  }
}

const column = (vector: Tensor): Tensor2D => vector.reshape([-1, 1])

/** PyTorch's `normalize`: divided by max(‖x‖, 1e-12). */
const unit = (tf: Engine['tf'], vector: Tensor): Tensor2D => vector.div(tf.maximum(tf.norm(vector), 1e-12))
