import type { Tensor } from '@tensorflow/tfjs'
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

  /** One power iteration on a filter [k, k, in, out] or a matrix [in, out]. */
  iterate(stored: Tensor): void {
    const { tf } = this.#engine
    tf.tidy(() => {
      const matrix = asMatrix(stored)
      const right = unit(tf, matrix.mul(this.#left.read()).sum(1)) // [k·k·in]
      const left = unit(tf, matrix.mul(column(right)).sum(0)) // [out]
      this.#right.write(right)
      this.#left.write(left)
    })
  }

  /** The filter divided by its largest singular value, in operations a gradient tape can follow. */
  divide(stored: Tensor): Tensor {
    const matrix = asMatrix(stored)
    return stored.div(matrix.mul(this.#left.read()).sum(1).mul(this.#right.read()).sum())
  }

  normalise(kernel: Parameter, { training }: Pass): NormalisedFilter {
    const { tf } = this.#engine
    const stored = kernel.read()
    if (training) this.iterate(stored)
    // Copies: the next forward of this step moves both before this one's backward reads them.
    const left = this.#left.read().clone()
    const right = this.#right.read().clone()
    const sigma = tf.tidy(() => asMatrix(stored).mul(left).sum(1).mul(right).sum())
    const filter = stored.div(sigma)
    return {
      filter,
      backward: (gradient) =>
        tf.tidy(() => {
          const along = gradient.mul(filter).sum()
          const outer = column(right).mul(left).reshape(gradient.shape)
          return gradient.sub(outer.mul(along)).div(sigma)
        }),
    }
  }
}

/** [k·k·in, out] */
const asMatrix = (filter: Tensor): Tensor => filter.reshape([-1, filter.shape.at(-1) ?? 1])

// Products with vectors are broadcast, not matrix products: the WebAssembly backend remembers a right operand by its data, and
// fails when the same data comes back as a row after it was a column.
const column = (vector: Tensor): Tensor => vector.reshape([-1, 1])

/** PyTorch's `normalize`: divided by max(‖x‖, 1e-12). */
const unit = (tf: Engine['tf'], vector: Tensor): Tensor => vector.div(tf.maximum(tf.norm(vector), 1e-12))
