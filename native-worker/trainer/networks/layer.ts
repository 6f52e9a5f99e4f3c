import type { Tensor } from '@tensorflow/tfjs'
import type { Parameter } from '../engines/engine.ts'
import type { RandomStream } from '../../random/random-stream.ts'
import type { Gradients } from './gradients.ts'

export interface Pass {
  /** Batch statistics, dropout and power iteration on; running statistics move. */
  readonly training: boolean
  readonly dropout: RandomStream
}

/**
 * Takes the gradient at a layer's output to the one at its input.
 * @param into collects the parameters' gradients; null where only the input's is wanted
 * @param wantsInput false lets the first layer of a network skip its input's gradient (then null comes back)
 */
export type Backward = (
  outputGradient: Tensor,
  into: Gradients | null,
  options: { readonly wantsInput: boolean },
) => Tensor | null

export interface Forward {
  readonly output: Tensor
  readonly backward: Backward
}

export interface Layer {
  readonly parameters: readonly Parameter[]
  forward(input: Tensor, pass: Pass): Forward
}
