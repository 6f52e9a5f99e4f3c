import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import type { Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import {
  crganDiscriminatorWeights,
  type CrganShape,
} from '../../../native-worker/trainer/recipes/crgan/crgan-architecture.ts'
import { crganJudge } from '../../../native-worker/trainer/recipes/crgan/crgan-discriminator.ts'
import { Judgement } from '../../../native-worker/trainer/recipes/crgan/judgement.ts'
import type { Weights } from '../../../native-worker/trainer/recipes/crgan/weights.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'

const cases = [
  { size: 16, channels: 1, groups: 2, pairs: 3, gain: 0.02 },
  { size: 24, channels: 3, groups: 1, pairs: 4, gain: 1.5 },
  { size: 64, channels: 1, groups: 2, pairs: 2, gain: 0.3 },
] as const

describe.each(enginesToTest)('the discriminator by hand, beside a gradient tape, on %s', (name) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await loadEngine(name, { cacheFolder: testCacheFolder })
  }, 60_000)

  const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>().slice()

  /** Largest difference beside the largest value. */
  const distance = (found: Tensor, expected: Tensor): number => {
    expect(found.shape).toEqual(expected.shape)
    const values = read(expected)
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(largest).toBeGreaterThan(0)
    const worst = read(found).reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (values[at] ?? Number.NaN))),
      0,
    )
    return worst / largest
  }

  it.each(cases)('$size px, $channels channels, $groups groups', ({ size, channels, groups, pairs, gain }) => {
    const { tf } = engine
    const random = RandomStream.fromSeed(7, 'judgement')
    const shape: CrganShape = { edition: '2', size, channels, classCount: 3, latent: 8, width: 'XXS' }
    const specs = crganDiscriminatorWeights(shape)
    const count = groups * pairs
    tf.tidy(() => {
      const drawn = specs.map(({ shape: dimensions, deviation }) => {
        const values = random.normals(dimensions.reduce((product, length) => product * length, 1))
        return tf.tensor(
          values.map((value) => value * (deviation || 0.1)),
          [...dimensions],
        )
      })
      const weightsOf =
        (values: readonly Tensor[]): Weights =>
        (wanted) =>
          values[specs.findIndex((spec) => spec.name === wanted)] as Tensor
      const images = tf.tensor4d(random.normals(count * size * size * channels), [count, size, size, channels])
      const seeds = random.normals(count)
      const oneHot: Tensor2D = tf
        .oneHot(
          Array.from({ length: count }, (_, image) => image % 3),
          3,
        )
        .cast('float32')
      const input = { oneHot, groups, conditioning: 0.6 }

      const judged = new Judgement(engine, { shape, weights: weightsOf(drawn) }, { images, ...input })
      const scoreOf = (weights: Weights) => (x: Tensor) =>
        crganJudge(engine, { shape, weights }, { images: x as Tensor4D, ...input })
      const expectedScores = scoreOf(weightsOf(drawn))(images)
      expect(distance(tf.tensor1d(judged.scores.slice()), expectedScores)).toBeLessThan(1e-5)
      const atImages = tf.grad(scoreOf(weightsOf(drawn)))(images, tf.tensor1d(seeds.slice()))
      expect(distance(judged.imageGradient(seeds), atImages)).toBeLessThan(1e-5)

      const slope = judged.slope()
      for (const penalty of [null, { slope, gain }]) {
        const gradients = judged.weightGradients(seeds, penalty)
        const expected = tf.grads((...values: Tensor[]) => {
          const score = scoreOf(weightsOf(values))
          const loss = tf.sum(tf.mul(score(images), tf.tensor1d(seeds.slice())))
          if (penalty === null) return loss as Scalar
          const slopes = tf.grad(score)(images, tf.ones([count]))
          return tf.add(loss, tf.mul(tf.sum(tf.square(slopes)), gain)) as Scalar
        })(drawn)
        expect([...gradients.keys()].toSorted()).toEqual(specs.map((spec) => spec.name).toSorted())
        specs.forEach((spec, index) => {
          const found = gradients.get(spec.name) as Tensor
          expect(distance(found, expected[index] as Tensor), spec.name).toBeLessThan(1e-4)
        })
      }
    })
  })
})
