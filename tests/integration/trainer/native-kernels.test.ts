import type { Rank, Tensor } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { leakySlope } from '../../../native-worker/trainer/engines/arithmetic.ts'
import { composeArithmetic } from '../../../native-worker/trainer/engines/composed-arithmetic.ts'
import type { Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { loadTensorflowEngine } from '../../../native-worker/trainer/engines/tensorflow/load-tensorflow-engine.ts'
import { findTensorflowPack } from '../../../native-worker/trainer/engines/tensorflow/installation/find-tensorflow-pack.ts'
import { hasNativeOperations } from '../../../native-worker/trainer/engines/tensorflow/kernels/has-native-operations.ts'
import type { NativeBackend } from '../../../native-worker/trainer/engines/tensorflow/native-backend.ts'
import { testCacheFolder as cacheFolder } from './engines-to-test.ts'

const pack = await findTensorflowPack(cacheFolder)

/** [batch, height, width, channels in, channels out, kernel height, kernel width, stride, padding] */
type Case = readonly [number, number, number, number, number, number, number, number, 'same' | 'valid' | number]
const cases: readonly Case[] = [
  [1, 1, 1, 1, 1, 1, 1, 1, 'valid'],
  [1, 5, 7, 1, 1, 3, 3, 1, 'same'],
  [2, 9, 6, 3, 17, 4, 4, 2, 'same'],
  [3, 8, 8, 20, 33, 4, 4, 2, 1],
  [2, 13, 11, 5, 9, 5, 5, 3, 1],
  [1, 7, 10, 2, 6, 2, 2, 3, 'valid'],
  [4, 4, 4, 37, 19, 4, 4, 1, 'valid'],
  [2, 6, 5, 4, 3, 3, 5, 2, 'same'],
  [1, 12, 12, 6, 8, 3, 3, 3, 2],
  [5, 10, 10, 70, 130, 3, 3, 1, 'same'],
]

/** Read in place: lines of taps that are no multiple of a tile, and enough for every thread. */
const casesInPlace: readonly Case[] = [
  [4, 34, 34, 16, 16, 3, 3, 1, 'valid'],
  [3, 14, 11, 7, 12, 4, 4, 2, 'valid'],
  [2, 21, 20, 5, 24, 3, 3, 2, 'valid'],
  [6, 18, 18, 32, 48, 4, 4, 2, 'valid'],
  [8, 16, 16, 16, 32, 4, 4, 2, 'same'],
]

/** Images of few channels, borders on every side, filters that the threads share by images. */
const casesOfImages: readonly Case[] = [
  [3, 16, 16, 1, 16, 4, 4, 2, 'same'],
  [2, 22, 18, 2, 16, 4, 4, 2, 3],
  [2, 17, 19, 3, 12, 4, 4, 2, 1],
  [3, 11, 13, 4, 40, 3, 3, 1, 'same'],
  [2, 2, 3, 1, 5, 4, 4, 1, 3],
  [17, 16, 16, 12, 24, 4, 4, 2, 'same'],
  [5, 10, 15, 9, 8, 3, 3, 1, 2],
  [2, 3, 300, 4, 6, 3, 3, 1, 'same'],
]

describe.skipIf(pack.kind === 'missing')('operations of the engine pack', () => {
  let engine: Engine
  let values = 0

  beforeAll(async () => {
    engine = await loadTensorflowEngine({ cacheFolder })
  }, 60_000)

  /** A fixed sequence without pattern in [-1, 1). */
  function numbers<R extends Rank>(shape: readonly number[]): Tensor<R> {
    const length = shape.reduce((product, size) => product * size, 1)
    const data = Float32Array.from({ length }, () => {
      values = (Math.imul(values, 1_664_525) + 1_013_904_223) >>> 0
      return values / 2 ** 31 - 1
    })
    return engine.tf.tensor(data, [...shape] as never, 'float32')
  }

  function expectClose(found: Tensor, expected: readonly number[] | Float32Array, tolerance = 2e-4): void {
    const got = found.dataSync()
    expect(got.length).toBe(expected.length)
    let worst = 0
    for (let index = 0; index < got.length; index++) {
      const difference = Math.abs((got[index] ?? Number.NaN) - (expected[index] ?? Number.NaN))
      if (!(difference <= worst)) worst = difference
    }
    expect(worst).toBeLessThanOrEqual(tolerance)
  }

  it('are in the installed pack', () => {
    expect(hasNativeOperations(engine.tf, engine.tf.backend() as unknown as NativeBackend)).toBe(true)
  })

  const title = 'convolve [%i, %i, %i, %i] → %i channels, kernel %i × %i, stride %i, padding %s, and back'
  const convolveAndBack = (...given: Case): void => {
    const [batch, height, width, from, to, kernelHeight, kernelWidth, stride, padding] = given
    engine.tf.tidy(() => {
      const x = numbers<Rank.R4>([batch, height, width, from])
      const filter = numbers<Rank.R4>([kernelHeight, kernelWidth, from, to])
      const round = typeof padding === 'number' ? 'floor' : undefined
      const forward = (input: typeof x, weights: typeof filter): typeof x =>
        engine.tf.conv2d(input, weights, stride, padding, 'NHWC', 1, round)
      const y = forward(x, filter)
      const dy = numbers<Rank.R4>(y.shape)
      const [dx, dfilter] = engine.tf.grads((a: Tensor, b: Tensor) => forward(a as typeof x, b as typeof filter))(
        [x, filter],
        dy,
      )

      const top = padding === 'valid' ? 0 : paddingOf(height, kernelHeight, { stride, padding })
      const left = padding === 'valid' ? 0 : paddingOf(width, kernelWidth, { stride, padding })
      const expected = convolveSlowly({ x, filter, dy, stride, top, left })
      expectClose(y, expected.y)
      expectClose(dx as Tensor, expected.dx)
      expectClose(dfilter as Tensor, expected.dfilter)
    })
  }
  it.each([...cases, ...casesOfImages])(title, convolveAndBack)

  it('give the second derivative of a gradient penalty', () => {
    const { tf } = engine
    tf.tidy(() => {
      const x = numbers<Rank.R4>([2, 6, 6, 3])
      const filter = numbers<Rank.R4>([3, 3, 3, 4])
      // ‖∇ₓ Σ relu(x ∗ w)²‖²: differentiates through both of the convolution's gradients.
      const penalty = (weights: Tensor): Tensor =>
        tf
          .grad((image: Tensor) =>
            tf
              .relu(tf.conv2d(image as typeof x, weights as typeof filter, 2, 'same'))
              .square()
              .sum(),
          )(x)
          .square()
          .sum()
      const gradient = tf.grad((weights: Tensor) => penalty(weights).asScalar())(filter)
      const step = 1e-2
      for (const place of [0, 17, 54, 107]) {
        const moved = (by: number): number => {
          const data = filter.dataSync().slice()
          data[place] = (data[place] ?? 0) + by
          return penalty(tf.tensor(data, filter.shape)).dataSync()[0] ?? Number.NaN
        }
        const slope = (moved(step) - moved(-step)) / (2 * step)
        expect(gradient.dataSync()[place]).toBeCloseTo(slope, Math.abs(slope) > 100 ? -1 : 0)
      }
    })
  })

  it.each(casesInPlace)(title, convolveAndBack)

  it.each([
    [16, 100, 256],
    [1, 1, 1],
    [7, 33, 5],
    [130, 3, 70],
  ])('multiply [%i, %i] by [%i columns], plain and transposed', (rows, depth, columns) => {
    const { tf } = engine
    tf.tidy(() => {
      const left = numbers<Rank.R2>([rows, depth])
      const right = numbers<Rank.R2>([depth, columns])
      const [a, b] = [left.dataSync(), right.dataSync()]
      const expected = [...product(rows, columns)].map(([row = 0, column = 0]) => {
        const terms = Array.from(
          { length: depth },
          (_, k) => (a[row * depth + k] ?? 0) * (b[k * columns + column] ?? 0),
        )
        return terms.reduce((sum, term) => sum + term, 0)
      })
      expectClose(left.matMul(right), expected, 1e-4)
      expectClose(left.transpose().matMul(right, true, false), expected, 1e-4)
      expectClose(left.matMul(right.transpose(), false, true), expected, 1e-4)
      expectClose(left.transpose().matMul(right.transpose(), true, true), expected, 1e-4)
    })
  })

  it('leave dilated convolutions to TensorFlow', () => {
    const { tf } = engine
    tf.tidy(() => {
      const x = numbers<Rank.R4>([1, 7, 7, 2])
      const filter = numbers<Rank.R4>([2, 2, 2, 3])
      const spread = tf.tidy(() => {
        const zero = tf.zeros<Rank.R4>([1, 2, 2, 3])
        const [a, b] = tf.split(filter, 2, 0) as [typeof filter, typeof filter]
        const wide = (row: typeof filter) => {
          const [left, right] = tf.split(row, 2, 1) as [typeof filter, typeof filter]
          return tf.concat([left, tf.zeros<Rank.R4>([1, 1, 2, 3]), right], 1)
        }
        return tf.concat([wide(a), tf.concat([zero, tf.zeros<Rank.R4>([1, 1, 2, 3])], 1), wide(b)], 0)
      })
      expectClose(
        tf.conv2d(x, filter, 1, 'valid', 'NHWC', 2),
        tf.conv2d(x, spread, 1, 'valid').dataSync() as Float32Array,
      )
    })
  })

  it.each([
    [3, 1],
    [64, 5],
    [4099, 33],
    [2, 600],
  ])('normalise %i rows of %i channels, and back', (rows, channels) => {
    const { tf, arithmetic } = engine
    const composed = composeArithmetic(tf)
    tf.tidy(() => {
      // Far from zero: sums of squares would lose the variance.
      const x = numbers([rows, channels]).add(50)
      const scale = numbers([channels])
      const shift = numbers([channels])
      const dy = numbers([rows, channels])
      const found = arithmetic.normalise(x, scale, { shift, epsilon: 1e-3 })
      const expected = composed.normalise(x, scale, { shift, epsilon: 1e-3 })
      expectClose(found.mean, expected.mean.dataSync() as Float32Array, 1e-4)
      expectClose(found.variance, expected.variance.dataSync() as Float32Array, 1e-4)
      expectClose(found.output, expected.output.dataSync() as Float32Array, 1e-3)

      const { mean, variance } = expected
      const back = arithmetic.normaliseGradient(dy, x, { scale, mean, variance, epsilon: 1e-3 })
      const backExpected = composed.normaliseGradient(dy, x, { scale, mean, variance, epsilon: 1e-3 })
      expectClose(back.input, backExpected.input.dataSync() as Float32Array, 1e-3)
      expectClose(back.scale, backExpected.scale.dataSync() as Float32Array, 2e-2)
      expectClose(back.shift, backExpected.shift.dataSync() as Float32Array, 1e-2)
    })
  })

  it.each(['relu', 'leakyRelu'] as const)('activate with %s, and back', (name) => {
    const { tf, arithmetic } = engine
    tf.tidy(() => {
      const x = numbers([3, 70_001])
      const dy = numbers([3, 70_001])
      const slope = name === 'relu' ? 0 : leakySlope
      const y = arithmetic.activate(name, x)
      const inputs = x.dataSync()
      expectClose(y, inputs.map((value) => (value > 0 ? value : slope * value)) as Float32Array, 1e-7)
      const gradients = dy.dataSync()
      const expected = gradients.map((value, index) => ((inputs[index] ?? 0) > 0 ? value : slope * value))
      expectClose(arithmetic.activateGradient(name, dy, y), expected as Float32Array, 1e-7)
    })
  })

  it('refuse tensors that do not fit, and go on working', () => {
    const { tf } = engine
    tf.tidy(() => {
      const { arithmetic } = engine
      const x = numbers<Rank.R4>([1, 4, 4, 2])
      expect(() => arithmetic.convolve(x, numbers<Rank.R4>([3, 3, 5, 1]), { stride: 1, padding: 'same' })).toThrow(
        /channels/,
      )
      expect(arithmetic.convolve(x, numbers<Rank.R4>([3, 3, 2, 1]), { stride: 1, padding: 'same' }).shape).toEqual([
        1, 4, 4, 1,
      ])
    })
  })
})

function paddingOf(
  length: number,
  kernel: number,
  { stride, padding }: { stride: number; padding: 'same' | number },
): number {
  if (typeof padding === 'number') return padding
  return Math.max(0, (Math.ceil(length / stride) - 1) * stride + kernel - length) >> 1
}

/** Straight from the definition, in double precision. */
function convolveSlowly({
  x,
  filter,
  dy,
  stride,
  top,
  left,
}: {
  x: Tensor<Rank.R4>
  filter: Tensor<Rank.R4>
  dy: Tensor<Rank.R4>
  stride: number
  top: number
  left: number
}): { y: number[]; dx: number[]; dfilter: number[] } {
  const [batch, height, width, from] = x.shape
  const [kernelHeight, kernelWidth, , to] = filter.shape
  const [, outHeight, outWidth] = dy.shape
  const [xs, ws, gs] = [x.dataSync(), filter.dataSync(), dy.dataSync()]
  const y = new Array<number>(gs.length).fill(0)
  const dx = new Array<number>(xs.length).fill(0)
  const dfilter = new Array<number>(ws.length).fill(0)
  for (const [n = 0, oy = 0, ox = 0, ky = 0, kx = 0] of product(
    batch,
    outHeight,
    outWidth,
    kernelHeight,
    kernelWidth,
  )) {
    const iy = oy * stride - top + ky
    const ix = ox * stride - left + kx
    if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue
    for (let i = 0; i < from; i++) {
      for (let o = 0; o < to; o++) {
        const xi = ((n * height + iy) * width + ix) * from + i
        const wi = ((ky * kernelWidth + kx) * from + i) * to + o
        const yi = ((n * outHeight + oy) * outWidth + ox) * to + o
        y[yi] = (y[yi] ?? 0) + (xs[xi] ?? 0) * (ws[wi] ?? 0)
        dx[xi] = (dx[xi] ?? 0) + (gs[yi] ?? 0) * (ws[wi] ?? 0)
        dfilter[wi] = (dfilter[wi] ?? 0) + (xs[xi] ?? 0) * (gs[yi] ?? 0)
      }
    }
  }
  return { y, dx, dfilter }
}

function* product(...lengths: readonly number[]): Generator<readonly number[]> {
  const [first, ...rest] = lengths
  if (first === undefined) {
    yield []
    return
  }
  for (let index = 0; index < first; index++) for (const tail of product(...rest)) yield [index, ...tail]
}
