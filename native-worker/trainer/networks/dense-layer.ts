import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { Parameter } from '../engines/engine.ts'
import type { Forward, Layer } from './layer.ts'

/** Fully connected; kernel [in, out]. Takes anything of [batch, in] values, flattened row by row. */
export class DenseLayer implements Layer {
  readonly parameters: readonly Parameter[]
  readonly #kernel: Parameter
  readonly #bias: Parameter

  constructor({ kernel, bias }: { kernel: Parameter; bias: Parameter }) {
    this.#kernel = kernel
    this.#bias = bias
    this.parameters = [kernel, bias]
  }

  forward(input: Tensor): Forward {
    const kernel = this.#kernel.read() as Tensor2D
    const x = input.reshape([-1, kernel.shape[0]]) as Tensor2D // [batch, in]
    return {
      output: x.matMul(kernel).add(this.#bias.read()),
      backward: (outputGradient, into, { wantsInput }) => {
        const dy = outputGradient as Tensor2D
        into?.add(this.#kernel, x.matMul(dy, true, false))
        into?.add(this.#bias, dy.sum(0))
        return wantsInput ? dy.matMul(kernel, false, true).reshape(input.shape) : null
      },
    }
  }
}
