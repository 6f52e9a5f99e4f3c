import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { BlockArithmetic } from './block-arithmetic.ts'
import type { Parameter } from './engine.ts'

/** Square kernel; `same` and `valid` as TensorFlow defines them. */
export interface ConvolutionGeometry {
  readonly stride: number
  readonly padding: 'same' | 'valid'
}

export type ActivationName = 'relu' | 'leakyRelu' | 'tanh'

/** Slope of every leaky ReLU in the published recipes. */
export const leakySlope = 0.2

export interface Normalised {
  readonly output: Tensor
  /** [channels], of the batch. */
  readonly mean: Tensor
  /** [channels], biased (divided by n). */
  readonly variance: Tensor
}

export interface AdamNumbers {
  /** Bias correction included. */
  readonly rate: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

export interface AdamSlot {
  readonly parameter: Parameter
  readonly gradient: Tensor
  readonly firstMoment: Parameter
  readonly secondMoment: Parameter
}

/** A parameter that follows another. */
export interface Follower {
  readonly follower: Parameter
  readonly followed: Parameter
}

/**
 * The pieces of a first-order training step, forward and backward by hand: no gradient tape, and each piece can be one
 * fused operation where an engine has it. Tensors are NHWC float32; results belong to the caller's tidy scope.
 */
export interface Arithmetic extends BlockArithmetic {
  /**
   * Filter [k, k, in, out].
   * @param geometry onto: what is added to the result, as large as it is or a number a channel
   */
  convolve(input: Tensor4D, filter: Tensor4D, geometry: ConvolutionGeometry & { readonly onto?: Tensor }): Tensor4D
  /** Gradient with respect to the input; also the transposed convolution. */
  convolveInputGradient(
    outputGradient: Tensor4D,
    filter: Tensor4D,
    geometry: ConvolutionGeometry & { readonly inputShape: readonly [number, number, number, number] },
  ): Tensor4D
  convolveFilterGradient(
    input: Tensor4D,
    outputGradient: Tensor4D,
    geometry: ConvolutionGeometry & { readonly filterShape: readonly [number, number, number, number] },
  ): Tensor4D
  activate(name: ActivationName, input: Tensor): Tensor
  /** From the activation's output, which determines the slope of all three. */
  activateGradient(name: ActivationName, outputGradient: Tensor, output: Tensor): Tensor
  /** Over every axis but the last. */
  normalise(input: Tensor, scale: Tensor, options: { readonly shift: Tensor; readonly epsilon: number }): Normalised
  normaliseGradient(
    outputGradient: Tensor,
    input: Tensor,
    options: { readonly scale: Tensor; readonly mean: Tensor; readonly variance: Tensor; readonly epsilon: number },
  ): { readonly input: Tensor; readonly scale: Tensor; readonly shift: Tensor }
  /** parameter -= rate · m / (√v + epsilon), moments updated first (Kingma & Ba 2015, algorithm 1 as rearranged in its section 2). */
  adam(slots: readonly AdamSlot[], numbers: AdamNumbers): void
  /** follower = kept · follower + (1 − kept) · followed */
  follow(pairs: readonly Follower[], kept: number): void
}
