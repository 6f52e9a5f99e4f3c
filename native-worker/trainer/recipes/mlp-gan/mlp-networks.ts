import type { LayerSpec } from '../../networks/layer-spec.ts'
import { leakyRelu, relu, tanh } from '../../networks/layer-spec.ts'

const dense = (from: number, to: number): LayerSpec => ({ kind: 'dense', from, to })

/** 256, 512, 1024 units, then every pixel value of the image at once. */
export const mlpGenerator = (inputLength: number, pixels: number): readonly LayerSpec[] => [
  dense(inputLength, 256),
  relu,
  dense(256, 512),
  relu,
  dense(512, 1024),
  relu,
  dense(1024, pixels),
  tanh,
]

export function mlpDiscriminator(inputLength: number, rate: number): readonly LayerSpec[] {
  const dropout: LayerSpec = { kind: 'dropout', rate }
  return [
    dense(inputLength, 1024),
    leakyRelu,
    dropout,
    dense(1024, 512),
    leakyRelu,
    dropout,
    dense(512, 256),
    leakyRelu,
    dropout,
    dense(256, 1),
  ]
}
