import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'

/** What a border of one pixel holds: zeros, or the pixels beside it again. */
export type Border = 'zero' | 'repeated'

export interface FrameOptions {
  readonly border: Border
  /** Of the unframed shape: where it is not positive, values are multiplied by `leakySlope`. Null for plain framing. */
  readonly gate: Tensor4D | null
}

/** What follows a convolution inside the generator, shapes as `modulate` says. */
export interface Modulation {
  /** [channels] */
  readonly bias: Tensor
  /** [batch, 2 · channels]: scales, then shifts. */
  readonly film: Tensor2D
  /** [batch, channels] */
  readonly strength: Tensor2D
  /** [batch, pixels, 1] */
  readonly noise: Tensor
}

export interface ModulationGradients {
  readonly x: Tensor4D
  readonly bias: Tensor
  readonly film: Tensor2D
  readonly strength: Tensor2D
}

/** Floats of one image's augmentation. */
export const planLength = 11
/**
 * Numbers of a plan, an image: shift down and across in pixels, 1 where turned upside down, 1 where mirrored, hole (top, bottom, left,
 * right; ends not included), contrast, light, saturation.
 */
export type AugmentationPlans = Float32Array

/**
 * Pieces of crgan's networks as whole operations, forward and back: none of them is seen by a gradient tape. Maps are NHWC float32,
 * framed ones two pixels higher and wider.
 */
export interface BlockArithmetic {
  /** Linear in the values. With the values as their own gate it is leaky ReLU. */
  frame(values: Tensor4D, options: FrameOptions): Tensor4D
  /** Frame's transpose: its way back. */
  unframe(framed: Tensor4D, options: FrameOptions): Tensor4D
  /**
   * The same where the border's part was not computed: the values, multiplied by `leakySlope` where the gate is not positive.
   * @param onto what is added, of the same shape
   */
  passGate(values: Tensor4D, gate: Tensor4D, onto?: Tensor4D): Tensor4D
  /** [batch, h + 2, w + 2, in] with [4, 4, out, in] to [batch, 2h, 2w, out]: a transposed convolution at stride 2 without the border's part. */
  doubleFramed(framed: Tensor4D, kernel: Tensor4D): Tensor4D
  doubleFramedGradient(
    outputGradient: Tensor4D,
    framed: Tensor4D,
    kernel: Tensor4D,
  ): { readonly framed: Tensor4D; readonly kernel: Tensor4D }
  /** (x + bias) · (1 + scale) + shift + strength · noise */
  modulate(x: Tensor4D, by: Modulation): Tensor4D
  modulateGradient(outputGradient: Tensor4D, x: Tensor4D, by: Modulation): ModulationGradients
  /** tanh of all channels of x + bias but the last, which is the strength of the grain [batch, pixels, 1] that joins them. */
  paint(x: Tensor4D, by: { readonly bias: Tensor; readonly grain: Tensor }): Tensor4D
  /** @param output what `paint` gave */
  paintGradient(
    outputGradient: Tensor4D,
    output: Tensor4D,
    by: { readonly grain: Tensor },
  ): { readonly x: Tensor4D; readonly bias: Tensor }
  /** Shifts (zeros come in), turns, cuts out, changes contrast, light and saturation. Linear in the images but for the light. */
  augment(images: Tensor4D, plans: AugmentationPlans): Tensor4D
  /** From the gradient at the augmented images to the one at the images. */
  augmentGradient(gradient: Tensor4D, plans: AugmentationPlans): Tensor4D
}
