import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import {
  planLength,
  type BlockArithmetic,
  type Border,
} from '../../../native-worker/trainer/engines/block-arithmetic.ts'
import { composeBlocks } from '../../../native-worker/trainer/engines/composed-blocks.ts'
import type { Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'

const borders: readonly Border[] = ['zero', 'repeated']

/** Odd lengths, one pixel, and the channels of real blocks. */
const maps = [
  [1, 1, 1, 1],
  [2, 3, 5, 3],
  [3, 4, 4, 48],
  [8, 16, 16, 32],
  [2, 9, 7, 13],
] as const

describe.each(enginesToTest)('blocks as whole operations, beside composed ones, on %s', (name) => {
  let engine: Engine
  let random: RandomStream
  beforeAll(async () => {
    engine = await loadEngine(name, { cacheFolder: testCacheFolder })
    random = RandomStream.fromSeed(3, 'blocks')
  }, 60_000)

  const numbers = <Result extends Tensor = Tensor4D>(shape: readonly number[]): Result =>
    engine.tf.tensor(random.normals(shape.reduce((product, length) => product * length, 1)), [...shape]) as Result

  /** Runs both on the same numbers; largest difference beside the largest value. */
  const expectSame = (compute: (blocks: BlockArithmetic) => readonly Tensor[]): void => {
    engine.tf.tidy(() => {
      const expected = compute(composeBlocks(engine.tf))
      const found = compute(engine.arithmetic)
      expect(found).toHaveLength(expected.length)
      found.forEach((tensor, index) => {
        const wanted = expected[index] as Tensor
        expect(tensor.shape).toEqual(wanted.shape)
        const values = wanted.dataSync<'float32'>()
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
        const worst = tensor
          .dataSync<'float32'>()
          .reduce((most, value, at) => Math.max(most, Math.abs(value - (values[at] ?? Number.NaN))), 0)
        expect(worst / largest).toBeLessThan(2e-5)
      })
    })
  }

  it.each(borders.flatMap((border) => maps.map((shape) => [border, shape] as const)))(
    'frames with a border, %s, %j, and back',
    (border, shape) => {
      const [batch, height, width, channels] = shape
      engine.tf.tidy(() => {
        const values = numbers(shape)
        const framed = numbers([batch, height + 2, width + 2, channels])
        // Composed folding takes three pixels and more: one pixel has its own check below.
        for (const gate of [null, numbers(shape)])
          expectSame((blocks) => [
            blocks.frame(values, { border, gate }),
            ...(height > 1 || border === 'zero' ? [blocks.unframe(framed, { border, gate })] : []),
          ])
      })
    },
  )

  it.each([
    [3, 9, 7, 13, 16, 3, 1, 'valid'],
    [8, 18, 18, 32, 48, 4, 2, 'valid'],
    [2, 16, 16, 1, 16, 4, 2, 'same'],
    [2, 11, 8, 40, 2, 3, 1, 'same'],
    [5, 1, 1, 300, 9, 1, 1, 'valid'],
  ] as const)(
    'convolves [%i, %i, %i, %i] to %i channels onto something',
    (batch, height, width, from, to, kernel, stride, padding) => {
      engine.tf.tidy(() => {
        const { convolve } = engine.arithmetic
        const [x, filter] = [numbers([batch, height, width, from]), numbers([kernel, kernel, from, to])]
        const alone = convolve(x, filter, { stride, padding })
        const largest = alone.abs().max().dataSync()[0] ?? 1
        for (const onto of [numbers<Tensor>([to]), numbers(alone.shape)]) {
          const found = convolve(x, filter, { stride, padding, onto })
          const [worst] = engine.tf
            .abs(engine.tf.sub(found, engine.tf.add(alone, onto)))
            .max()
            .dataSync()
          expect((worst ?? Number.NaN) / largest).toBeLessThan(2e-6)
        }
      })
    },
  )

  it.each(maps)('passes gates [%i, %i, %i, %i], alone and onto something', (...shape) => {
    engine.tf.tidy(() => {
      const [values, gate, onto] = [numbers(shape), numbers(shape), numbers(shape)]
      expectSame((blocks) => [blocks.passGate(values, gate), blocks.passGate(values, gate, onto)])
    })
  })

  it('gives a lone pixel all that reached its border', () => {
    engine.tf.tidy(() => {
      const framed = numbers([1, 3, 3, 1])
      const sum = framed.dataSync<'float32'>().reduce((total, value) => total + value, 0)
      const [found] = engine.arithmetic.unframe(framed, { border: 'repeated', gate: null }).dataSync()
      expect(found).toBeCloseTo(sum, 5)
    })
  })

  it.each([
    [2, 4, 4, 48, 48],
    [3, 5, 3, 7, 2],
    [1, 1, 1, 3, 5],
    [8, 32, 32, 16, 2],
  ])('doubles [%i, %i, %i, %i] to %i channels, and back', (batch, height, width, from, to) => {
    engine.tf.tidy(() => {
      const framed = numbers([batch, height + 2, width + 2, from])
      const kernel = numbers([4, 4, to, from])
      const gradient = numbers([batch, 2 * height, 2 * width, to])
      expectSame((blocks) => {
        const back = blocks.doubleFramedGradient(gradient, framed, kernel)
        return [blocks.doubleFramed(framed, kernel), back.framed, back.kernel]
      })
    })
  })

  it.each(maps)('modulates [%i, %i, %i, %i], and back', (batch, height, width, channels) => {
    engine.tf.tidy(() => {
      const x = numbers([batch, height, width, channels])
      const gradient = numbers(x.shape)
      const by = {
        bias: numbers<Tensor>([channels]),
        film: numbers<Tensor2D>([batch, 2 * channels]),
        strength: numbers<Tensor2D>([batch, channels]),
        noise: numbers<Tensor>([batch, height * width, 1]),
      }
      expectSame((blocks) => {
        const back = blocks.modulateGradient(gradient, x, by)
        return [blocks.modulate(x, by), back.x, back.bias, back.film, back.strength]
      })
    })
  })

  it.each([1, 3])('paints %i channels, and back', (channels) => {
    engine.tf.tidy(() => {
      const x = numbers([4, 7, 9, channels + 1])
      const [bias, grain] = [numbers<Tensor>([channels + 1]), numbers<Tensor>([4, 63, 1])]
      const gradient = numbers([4, 7, 9, channels])
      expectSame((blocks) => {
        const output = blocks.paint(x, { bias, grain })
        const back = blocks.paintGradient(gradient, output, { grain })
        return [output, back.x, back.bias]
      })
    })
  })

  it.each([1, 3])('augments images of %i channels, and back', (channels) => {
    const plans = [
      [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1],
      [2, -1, 0, 0, -3, 4, 2, 9, 0.8, 0.3, 0.2],
      [-2, 1, 1, 0, 5, 12, 7, 99, 1.2, -0.1, 1.7],
      [1, 2, 1, 1, 0, 0, 0, 0, 1.1, 0, 0],
      [50, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1],
    ].map((plan) => (channels === 1 ? plan.with(-1, 1) : plan))
    expect(plans.every(({ length }) => length === planLength)).toBe(true)
    engine.tf.tidy(() => {
      const images = numbers([plans.length, 10, 14, channels])
      const gradient = numbers(images.shape)
      const flat = Float32Array.from(plans.flat())
      expectSame((blocks) => [blocks.augment(images, flat), blocks.augmentGradient(gradient, flat)])
    })
  })
})
