import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { Engine, Parameter } from '../engines/engine.ts'
import type { Forward, Layer, Pass } from './layer.ts'
import type { SpectralNorm } from './spectral-norm.ts'

type Shape4D = [number, number, number, number]

export interface ConvolutionOptions {
  readonly kernel: Parameter
  readonly bias: Parameter | null
  readonly spectralNorm: SpectralNorm | null
  readonly stride: number
  readonly padding: 'same' | 'valid'
}

/** Convolution; filter [k, k, in, out]. */
export class ConvolutionLayer implements Layer {
  readonly parameters: readonly Parameter[]
  readonly #engine: Engine
  readonly #options: ConvolutionOptions

  constructor(engine: Engine, options: ConvolutionOptions) {
    this.#engine = engine
    this.#options = options
    this.parameters = [options.kernel, ...optional(options.bias), ...(options.spectralNorm?.parameters ?? [])]
  }

  forward(input: Tensor, pass: Pass): Forward {
    const { arithmetic } = this.#engine
    const { kernel, bias, spectralNorm, stride, padding } = this.#options
    const normalised = spectralNorm?.normalise(kernel, pass)
    const filter = (normalised?.filter ?? kernel.read()) as Tensor4D
    const x = input as Tensor4D
    const convolved = arithmetic.convolve(x, filter, { stride, padding })
    return {
      output: bias === null ? convolved : convolved.add(bias.read()),
      backward: (outputGradient, into, { wantsInput }) => {
        const dy = outputGradient as Tensor4D
        if (into !== null) {
          const gradient = arithmetic.convolveFilterGradient(x, dy, { stride, padding, filterShape: filter.shape })
          into.add(kernel, normalised === undefined ? gradient : normalised.backward(gradient))
          if (bias !== null) into.add(bias, dy.sum([0, 1, 2]))
        }
        return wantsInput
          ? arithmetic.convolveInputGradient(dy, filter, { stride, padding, inputShape: x.shape })
          : null
      },
    }
  }
}

/** Transposed convolution; filter [k, k, out, in]: the input gradient of a convolution, run forward. */
export class TransposedConvolutionLayer implements Layer {
  readonly parameters: readonly Parameter[]
  readonly #engine: Engine
  readonly #options: Omit<ConvolutionOptions, 'spectralNorm'>

  constructor(engine: Engine, options: Omit<ConvolutionOptions, 'spectralNorm'>) {
    this.#engine = engine
    this.#options = options
    this.parameters = [options.kernel, ...optional(options.bias)]
  }

  forward(input: Tensor): Forward {
    const { arithmetic } = this.#engine
    const { kernel, bias, stride, padding } = this.#options
    const filter = kernel.read() as Tensor4D
    const x = input as Tensor4D
    const outputShape = transposedShape(x.shape, { filter: filter.shape, stride, padding })
    const spread = arithmetic.convolveInputGradient(x, filter, { stride, padding, inputShape: outputShape })
    return {
      output: bias === null ? spread : spread.add(bias.read()),
      backward: (outputGradient, into, { wantsInput }) => {
        const dy = outputGradient as Tensor4D
        if (into !== null) {
          into.add(kernel, arithmetic.convolveFilterGradient(dy, x, { stride, padding, filterShape: filter.shape }))
          if (bias !== null) into.add(bias, dy.sum([0, 1, 2]))
        }
        return wantsInput ? arithmetic.convolve(dy, filter, { stride, padding }) : null
      },
    }
  }
}

function transposedShape(
  [batch, height, width]: Shape4D,
  { filter, stride, padding }: { filter: Shape4D; stride: number; padding: 'same' | 'valid' },
): Shape4D {
  const grown = (length: number, kernel: number): number =>
    padding === 'same' ? length * stride : (length - 1) * stride + kernel
  return [batch, grown(height, filter[0]), grown(width, filter[1]), filter[2]]
}

const optional = (parameter: Parameter | null): readonly Parameter[] => (parameter === null ? [] : [parameter])
