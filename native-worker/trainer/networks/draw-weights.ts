import type { RandomStream } from '../../random/random-stream.ts'
import type { Initialisation } from './layer-spec.ts'

export interface DrawOptions {
  readonly initialisation: Initialisation
  /** `kernel`, `bias` or `scale`. */
  readonly part: string
  readonly fanIn: number
  readonly fanOut: number
  readonly random: RandomStream
}

/**
 * First weights, as the source of a recipe draws them: `dcgan` N(0, 0.02) and scales N(1, 0.02) (Radford et al. 2016),
 * `keras` Glorot uniform with zero biases, `torch` uniform ±1/√fanIn for kernels and biases alike.
 */
export function drawWeights(
  shape: readonly number[],
  { initialisation, part, fanIn, fanOut, random }: DrawOptions,
): Float32Array {
  const count = shape.reduce((product, length) => product * length, 1)
  const values = new Float32Array(count)
  const uniform = (limit: number): Float32Array => {
    for (let index = 0; index < count; index++) values[index] = (2 * random.uniform() - 1) * limit
    return values
  }
  const normal = (mean: number): Float32Array => {
    for (let index = 0; index < count; index++) values[index] = mean + 0.02 * random.normal()
    return values
  }
  if (part === 'scale') return initialisation === 'dcgan' ? normal(1) : values.fill(1)
  switch (initialisation) {
    case 'dcgan':
      return normal(0)
    case 'keras':
      return part === 'bias' ? values : uniform(Math.sqrt(6 / (fanIn + fanOut)))
    case 'torch':
      return uniform(1 / Math.sqrt(fanIn))
  }
}
