import type { Engine, Parameter } from '../engines/engine.ts'
import type { RandomStream } from '../../random/random-stream.ts'
import { BatchNormLayer } from './batch-norm-layer.ts'
import { ConvolutionLayer, TransposedConvolutionLayer } from './convolution-layer.ts'
import { DenseLayer } from './dense-layer.ts'
import { drawWeights } from './draw-weights.ts'
import type { Layer } from './layer.ts'
import type { Initialisation, LayerSpec } from './layer-spec.ts'
import { Network } from './network.ts'
import { ActivationLayer, DropoutLayer, PadEndLayer, ReshapeLayer, UpsampleLayer } from './shape-layers.ts'
import { SpectralNorm } from './spectral-norm.ts'

export interface NetworkOptions {
  /** First part of every parameter's name, e.g. `generator`. */
  readonly name: string
  readonly initialisation: Initialisation
  readonly random: RandomStream
}

/** A network from its description, with freshly drawn weights. */
export function buildNetwork(engine: Engine, specs: readonly LayerSpec[], options: NetworkOptions): Network {
  return new Network(
    specs.map((spec, index) => buildLayer(engine, spec, { ...options, name: `${options.name}/${index}` })),
  )
}

function buildLayer(engine: Engine, spec: LayerSpec, { name, initialisation, random }: NetworkOptions): Layer {
  const weights = (part: string, shape: readonly number[], fans: { fanIn: number; fanOut: number }): Parameter =>
    engine.createParameter(
      { name: `${name}/${part}`, shape, trainable: true },
      drawWeights(shape, { initialisation, part, random, ...fans }),
    )
  const constant = (part: string, value: number, trainable: boolean, length: number): Parameter =>
    engine.createParameter(
      { name: `${name}/${part}`, shape: [length], trainable },
      new Float32Array(length).fill(value),
    )

  switch (spec.kind) {
    case 'convolution':
    case 'transposedConvolution': {
      const { from, to, kernel: k, stride, padding } = spec
      const transposed = spec.kind === 'transposedConvolution'
      const fans = { fanIn: k * k * from, fanOut: k * k * to }
      const kernel = weights('kernel', transposed ? [k, k, to, from] : [k, k, from, to], fans)
      const bias = spec.bias ? weights('bias', [to], fans) : null
      if (transposed) return new TransposedConvolutionLayer(engine, { kernel, bias, stride, padding })
      const spectralNorm =
        spec.spectralNorm === true ? buildSpectralNorm(engine, { name, random, to, width: k * k * from }) : null
      return new ConvolutionLayer(engine, { kernel, bias, spectralNorm, stride, padding })
    }
    case 'dense': {
      const fans = { fanIn: spec.from, fanOut: spec.to }
      return new DenseLayer({
        kernel: weights('kernel', [spec.from, spec.to], fans),
        bias: weights('bias', [spec.to], fans),
      })
    }
    case 'batchNorm': {
      const { channels, epsilon, keep, runningVariance } = spec
      return new BatchNormLayer(engine, {
        scale: weights('scale', [channels], { fanIn: channels, fanOut: channels }),
        shift: constant('shift', 0, true, channels),
        runningMean: constant('runningMean', 0, false, channels),
        runningVariance: constant('runningVariance', 1, false, channels),
        epsilon,
        keep,
        unbiased: runningVariance === 'unbiased',
      })
    }
    case 'activation':
      return new ActivationLayer(engine, spec.name)
    case 'dropout':
      return new DropoutLayer(engine, spec.rate)
    case 'reshape':
      return new ReshapeLayer(spec.shape)
    case 'upsample':
      return new UpsampleLayer(engine)
    case 'padEnd':
      return new PadEndLayer(engine)
  }
}

function buildSpectralNorm(
  engine: Engine,
  { name, random, to, width }: { name: string; random: RandomStream; to: number; width: number },
): SpectralNorm {
  const unitVector = (part: string, length: number): Parameter => {
    const values = random.normals(length)
    const norm = Math.hypot(...chunkNorms(values))
    return engine.createParameter(
      { name: `${name}/${part}`, shape: [length], trainable: false },
      values.map((value) => value / norm),
    )
  }
  return new SpectralNorm(engine, { left: unitVector('left', to), right: unitVector('right', width) })
}

/** Norms of pieces short enough to be spread as arguments. */
const chunkNorms = (values: Float32Array): readonly number[] =>
  Array.from({ length: Math.ceil(values.length / 4096) }, (_, index) =>
    Math.hypot(...values.subarray(index * 4096, (index + 1) * 4096)),
  )
