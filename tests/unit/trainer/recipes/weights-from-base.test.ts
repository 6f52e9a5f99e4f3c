import { expect, test } from 'vitest'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import type { Base } from '../../../../native-worker/trainer/bases/base.ts'
import { baseTensorsOf } from '../../../../native-worker/trainer/bases/base-tensors-of.ts'
import {
  crganDiscriminatorWeights,
  crganGeneratorWeights,
  type CrganShape,
} from '../../../../native-worker/trainer/recipes/crgan/crgan-architecture.ts'
import { weightsFromBase } from '../../../../native-worker/trainer/recipes/crgan/weights-from-base.ts'

const shapeAt = (size: number, channels: 1 | 3 = 1, classCount = 3): CrganShape => ({
  ...{ edition: '2', width: 'XXS', latent: 64 },
  size,
  channels,
  classCount,
})

/** As a run of five classes at 64 px leaves it; every tensor holds its own number. */
function makeBase(): Base {
  const shape = shapeAt(64, 1, 5)
  const networks = [
    ['average/generator/', crganGeneratorWeights(shape)],
    ['discriminator/', crganDiscriminatorWeights(shape)],
  ] as const
  const tensors = networks.flatMap(([prefix, weights]) =>
    weights.map(({ name, shape: dimensions }, index) => ({
      name: prefix + name,
      shape: dimensions,
      values: new Float32Array(dimensions.reduce((product, length) => product * length, 1)).fill(index + 1),
    })),
  )
  return {
    size: 64,
    sha256: '',
    tensors: new Map(baseTensorsOf(tensors).map((tensor) => [tensor.name, tensor])),
  }
}

const take = (network: 'generator' | 'discriminator', shape: CrganShape) => {
  const weights = network === 'generator' ? crganGeneratorWeights(shape) : crganDiscriminatorWeights(shape)
  const random = RandomStream.fromSeed(1, 'weights')
  const values = weightsFromBase(makeBase(), { network, shape, weights, random })
  for (const { name, shape: dimensions } of weights)
    expect(values.get(name)?.length ?? 0, name).toBeOneOf([
      0,
      dimensions.reduce((product, length) => product * length, 1),
    ])
  return {
    values,
    fresh: weights.map(({ name }) => name).filter((name) => !values.has(name)),
  }
}

test('at its own size a base gives everything', () => {
  for (const network of ['generator', 'discriminator'] as const) {
    const { values, fresh } = take(network, shapeAt(64))
    expect(fresh).toEqual([])
    // All class vectors of this base are alike, so that new ones have nowhere else to be.
    expect(new Set(values.get('classes'))).toEqual(new Set([network === 'generator' ? 1 : 16]))
    expect(values.get('classes')?.length).toBe(3 * 32)
  }
})

test('a larger image gets a fresh top, a smaller one fresh ends', () => {
  expect(take('generator', shapeAt(128)).fresh).toEqual([
    'block64/double/kernel',
    'block64/double/bias',
    'block64/film/kernel',
    'block64/film/bias',
    'block64/noise/gain',
    'block64/noise/kernel',
    'block64/refine/kernel',
    'image/kernel',
  ])
  expect(take('discriminator', shapeAt(128)).fresh).toEqual([
    'image/kernel',
    'image/bias',
    'block64/refine/kernel',
    'block64/halve/kernel',
    'block64/halve/bias',
  ])
  expect(take('generator', shapeAt(32)).fresh).toEqual(['image/kernel'])
})

test('another coarsest map gets the layout resampled, and colour what grey knew', () => {
  const { values, fresh } = take('generator', shapeAt(96))
  expect(fresh).toEqual([])
  expect(values.get('input/kernel')?.length).toBe(96 * 36 * 48)
  const features = take('discriminator', shapeAt(96)).values.get('features/kernel')
  // As many sums as before: 36 places count as much as 16 did.
  expect(features?.[0]).toBeCloseTo(
    (makeBase().tensors.get('discriminator/features/kernel')?.values[0] ?? 0) * (16 / 36),
  )
  const colour = take('generator', shapeAt(64, 3))
  expect(colour.fresh).toEqual([])
  expect(take('discriminator', shapeAt(64, 3)).fresh).toEqual([])
})
