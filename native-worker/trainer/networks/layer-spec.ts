import type { ActivationName } from '../engines/arithmetic.ts'

/**
 * A network as data: enough to count its parameters, to estimate its memory and to build it. Shapes are per image,
 * NHWC without N. No engine is needed to read one.
 */
export type LayerSpec =
  | {
      readonly kind: 'convolution' | 'transposedConvolution'
      readonly from: number
      readonly to: number
      readonly kernel: number
      readonly stride: number
      readonly padding: 'same' | 'valid'
      readonly bias: boolean
      /** Filter divided by its largest singular value, estimated by power iteration (Miyato et al. 2018). */
      readonly spectralNorm?: boolean
    }
  | { readonly kind: 'dense'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'batchNorm'
      readonly channels: number
      readonly epsilon: number
      /** Share of the old running statistic kept at each step. */
      readonly keep: number
      /** PyTorch stores the unbiased variance, Keras the biased one. */
      readonly runningVariance: 'unbiased' | 'biased'
    }
  | { readonly kind: 'activation'; readonly name: ActivationName }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'reshape'; readonly shape: readonly number[] }
  /** Doubles height and width, nearest neighbour. */
  | { readonly kind: 'upsample' }
  /** One row of zeros below, one column to the right. */
  | { readonly kind: 'padEnd' }

export type Initialisation = 'dcgan' | 'keras' | 'torch'

/** Trainable parameters of a network. */
export const countParameters = (layers: readonly LayerSpec[]): number =>
  layers.reduce((total, layer) => total + countLayerParameters(layer), 0)

function countLayerParameters(layer: LayerSpec): number {
  switch (layer.kind) {
    case 'convolution':
    case 'transposedConvolution':
      return layer.kernel ** 2 * layer.from * layer.to + (layer.bias ? layer.to : 0)
    case 'dense':
      return layer.from * layer.to + layer.to
    case 'batchNorm':
      return 2 * layer.channels
    default:
      return 0
  }
}

export const relu: LayerSpec = { kind: 'activation', name: 'relu' }
export const leakyRelu: LayerSpec = { kind: 'activation', name: 'leakyRelu' }
export const tanh: LayerSpec = { kind: 'activation', name: 'tanh' }

/** Batch norm with PyTorch's defaults. */
export const torchBatchNorm = (channels: number): LayerSpec => ({
  kind: 'batchNorm',
  channels,
  epsilon: 1e-5,
  keep: 0.9,
  runningVariance: 'unbiased',
})

/** Batch norm with Keras' epsilon and the published momentum 0.8. */
export const kerasBatchNorm = (channels: number): LayerSpec => ({
  kind: 'batchNorm',
  channels,
  epsilon: 1e-3,
  keep: 0.8,
  runningVariance: 'biased',
})
