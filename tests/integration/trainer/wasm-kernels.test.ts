import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as TensorFlowJs from '@tensorflow/tfjs'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Arithmetic } from '../../../native-worker/trainer/engines/arithmetic.ts'
import { composeArithmetic } from '../../../native-worker/trainer/engines/composed-arithmetic.ts'
import { importSharedMemory } from '../../../native-worker/trainer/engines/wasm/kernels/import-memory.ts'
import {
  type FastKernels,
  loadFastKernels,
} from '../../../native-worker/trainer/engines/wasm/kernels/load-fast-kernels.ts'

const require = createRequire(import.meta.url)
const tf = require('@tensorflow/tfjs') as typeof TensorFlowJs
const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof WasmBackend

/** Values that differ everywhere and are the same in every run. */
const values = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, index) => Math.sin(index * 12.9898 + seed * 78.233) + 0.1 * Math.cos(index * 0.37))
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1)
const filled = <T extends Tensor>(shape: readonly number[], seed: number): T =>
  tf.tensor(values(sizeOf(shape), seed), [...shape], 'float32') as T

async function onBackend(
  name: 'cpu' | 'wasm',
  compute: () => Tensor | readonly Tensor[],
): Promise<readonly Float32Array[]> {
  await tf.setBackend(name)
  const results = tf.tidy(() => {
    const made = compute()
    return (Array.isArray(made) ? made : [made]) as Tensor[]
  })
  const read = results.map((tensor) => tensor.dataSync() as Float32Array)
  tf.dispose(results)
  return read
}

/** Largest difference, as a share of the largest expected value. */
function difference(actual: Float32Array | undefined, expected: Float32Array | undefined): number {
  if (actual?.length !== expected?.length || actual === undefined || expected === undefined)
    return Number.POSITIVE_INFINITY
  let largest = 0
  let worst = 0
  expected.forEach((value, index) => {
    largest = Math.max(largest, Math.abs(value))
    const distance = Math.abs((actual[index] ?? Number.NaN) - value)
    worst = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : Math.max(worst, distance)
  })
  return largest === 0 ? worst : worst / largest
}

async function expectSame(compute: () => Tensor | readonly Tensor[], tolerance = 5e-6): Promise<void> {
  const expected = await onBackend('cpu', compute)
  const actual = await onBackend('wasm', compute)
  expect(actual).toHaveLength(expected.length)
  actual.forEach((result, index) => {
    expect(difference(result, expected[index])).toBeLessThan(tolerance)
  })
}

/** input [batch, h, w, c] · filter [kh, kw, c, out] · stride · padding */
const convolutions: readonly (readonly [
  readonly number[],
  readonly number[],
  number | [number, number],
  'same' | 'valid' | number,
])[] = [
  [[1, 1, 1, 1], [1, 1, 1, 1], 1, 'valid'],
  [[1, 9, 7, 3], [3, 3, 3, 5], 1, 'same'],
  [[3, 9, 7, 1], [3, 3, 1, 7], 2, 'same'],
  [[2, 8, 8, 6], [4, 4, 6, 10], 2, 'same'],
  [[2, 12, 12, 3], [5, 5, 3, 8], 3, 1],
  [[1, 11, 10, 7], [5, 5, 7, 9], 3, 'same'],
  [[2, 8, 6, 16], [3, 3, 16, 24], 1, 'valid'],
  [[3, 4, 4, 12], [4, 4, 12, 8], 1, 'valid'],
  [[2, 5, 5, 2], [5, 5, 2, 33], 1, 'valid'],
  [[1, 7, 7, 4], [3, 3, 4, 1], 2, 'valid'],
  // A stride beyond the kernel leaves pixels no output ever saw.
  [[2, 10, 10, 8], [1, 1, 8, 16], 2, 'valid'],
  [[1, 10, 11, 3], [2, 2, 3, 4], 3, 'valid'],
  [[1, 9, 8, 3], [3, 2, 3, 4], [2, 1], 'same'],
  // Read in place: lines of taps that are no multiple of a tile, and enough for every thread.
  [[2, 18, 18, 16], [3, 3, 16, 16], 1, 'valid'],
  [[3, 14, 11, 7], [4, 4, 7, 12], 2, 'valid'],
  [[2, 16, 16, 16], [4, 4, 16, 32], 2, 'same'],
  // Images of few channels, borders on every side, filters that the threads share by images.
  [[3, 16, 16, 1], [4, 4, 1, 16], 2, 'same'],
  [[2, 22, 18, 2], [4, 4, 2, 16], 2, 3],
  [[2, 17, 19, 3], [4, 4, 3, 16], 2, 1],
  [[3, 11, 13, 4], [3, 3, 4, 40], 1, 'same'],
  [[2, 2, 3, 1], [4, 4, 1, 5], 1, 3],
  [[17, 16, 16, 12], [4, 4, 12, 24], 2, 'same'],
  [[5, 10, 15, 9], [3, 3, 9, 8], 1, 2],
  [[2, 3, 300, 4], [3, 3, 4, 8], 1, 'same'],
  // Sums longer than one block of the product, and not a multiple of it.
  [[1, 19, 17, 29], [5, 5, 29, 13], 2, 'same'],
]

/** With fewer multiplications, which round more: sizes that are no multiple of two, windows that leave the image on every side. */
const savingConvolutions: typeof convolutions = [
  [[2, 9, 7, 16], [3, 3, 16, 24], 1, 'same'],
  [[3, 6, 11, 24], [3, 3, 24, 16], 1, 'valid'],
  [[2, 5, 3, 48], [3, 3, 48, 32], 1, 2],
  [[5, 4, 4, 128], [3, 3, 128, 128], 1, 'same'],
]

function itComputesWhatTfjsDoes(): void {
  it.each([
    ...convolutions.map((given) => [...given, 5e-6] as const),
    ...savingConvolutions.map((given) => [...given, 2e-5] as const),
  ])('convolves %j with %j, stride %j, padding %j', async (inputShape, filterShape, strides, pad, tolerance) => {
    const output = tf.backend_util.computeConv2DInfo(
      inputShape as never,
      filterShape as never,
      strides,
      1,
      pad,
    ).outShape
    const input = (): Tensor4D => filled(inputShape, 1)
    const filter = (): Tensor4D => filled(filterShape, 2)
    const gradient = (): Tensor4D => filled(output, 3)
    const run = (name: string, inputs: Record<string, Tensor>, attributes: object): Tensor =>
      tf.engine().runKernel(name, inputs, { strides, pad, dataFormat: 'NHWC', ...attributes } as never)
    await expectSame(() => tf.conv2d(input(), filter(), strides, pad), tolerance)
    await expectSame(() => run('Conv2DBackpropInput', { dy: gradient(), filter: filter() }, { inputShape }), tolerance)
    await expectSame(() => run('Conv2DBackpropFilter', { x: input(), dy: gradient() }, { filterShape }))
  })

  it('convolves with dilation', () =>
    expectSame(() =>
      tf.conv2d(filled<Tensor4D>([2, 11, 9, 3], 1), filled<Tensor4D>([3, 3, 3, 5], 2), 1, 'same', 'NHWC', [2, 3]),
    ))

  it.each([
    [5, 7, 9],
    [1, 8, 1],
    [100, 300, 200],
    [37, 513, 33],
  ])('multiplies matrices of %i × %i and %i columns, transposed or not', async (rows, terms, columns) => {
    for (const [left, right] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ] as const) {
      const a = (): Tensor => filled(left ? [terms, rows] : [rows, terms], 1)
      const b = (): Tensor => filled(right ? [columns, terms] : [terms, columns], 2)
      await expectSame(() => tf.matMul(a(), b(), left, right))
    }
  })

  it('multiplies batches of matrices, and a batch with one', async () => {
    await expectSame(() => tf.matMul(filled([2, 3, 5, 7], 1), filled([2, 3, 7, 4], 2)))
    await expectSame(() => tf.matMul(filled([20, 5, 7], 1), filled([1, 7, 4], 2)))
    await expectSame(() => tf.matMul(filled([2, 1, 5, 7], 1), filled([2, 3, 7, 4], 2)))
  })

  it.each([
    [[7, 5, 6], 0],
    [[7, 5, 6], 1],
    [
      [7, 5, 6],
      [1, 2],
    ],
    [
      [7, 5, 6],
      [0, 2],
    ],
    [
      [3, 4, 5, 33],
      [0, 1, 2],
    ],
    [[2, 40_001], 1],
    [[9001], 0],
    [[400, 2, 130], -2],
  ])('sums and averages %j over %j', async (shape, axis) => {
    await expectSame(() => [tf.sum(filled(shape, 1), axis), tf.mean(filled(shape, 1), axis, true)], 2e-5)
  })

  it.each([0, 1, 2, -1])('concatenates and splits along axis %i', async (axis) => {
    const at = axis === -1 ? 2 : axis
    const shape = [3, 5, 7]
    await expectSame(() => tf.concat([filled(shape, 1), filled(shape.with(at, 2), 2), filled(shape, 3)], axis), 1e-12)
    await expectSame(() => tf.split(filled(shape.with(at, 1030), 1), [1, 1000, 29], axis), 1e-12)
  })

  it.each([
    [
      [0, 0, 0],
      [3, 5, 2],
    ],
    [
      [0, 2, 0],
      [3, 1, 7],
    ],
    [
      [1, 0, 0],
      [2, 5, 7],
    ],
    [
      [0, 0, 0],
      [3, 5, 7],
    ],
    [
      [1, 2, 0],
      [2, 3, 7],
    ],
  ])('slices at %j, %j long', async (begin, size) => {
    await expectSame(() => tf.slice(filled([3, 5, 7], 1), begin, size), 1e-12)
  })

  it('gives the gradient tape the same gradients', async () => {
    const loss = (x: Tensor4D, w: Tensor4D, v: Tensor): Tensor =>
      tf
        .conv2d(x, w, 2, 'same')
        .square()
        .reshape([2, -1])
        .matMul(v as TensorFlowJs.Tensor2D)
        .sum()
    await expectSame(() => {
      const gradients = tf.grads(loss as never)([filled([2, 8, 8, 3], 1), filled([3, 3, 3, 4], 2), filled([64, 5], 3)])
      return gradients
    }, 1e-5)
  })

  it.each([[[7, 3]], [[2, 5, 5, 6]], [[16, 9, 9, 64]], [[3, 1025]]])(
    'normalises %j and takes its gradient',
    async (shape) => {
      const channels = shape.at(-1) ?? 1
      const vectors = () => ({ scale: filled([channels], 4), shift: filled([channels], 5) })
      const arithmetics = { cpu: composeArithmetic(tf), wasm: fast.arithmetic }
      const compute = (arithmetic: Arithmetic) => () => {
        const { scale, shift } = vectors()
        const input = filled(shape, 6).add(3)
        const { output, mean, variance } = arithmetic.normalise(input, scale, { shift, epsilon: 1e-5 })
        const gradient = arithmetic.normaliseGradient(filled(shape, 7), input, { scale, mean, variance, epsilon: 1e-5 })
        return [output, mean, variance, gradient.input, gradient.scale, gradient.shift]
      }
      const expected = await onBackend('cpu', compute(arithmetics.cpu))
      const actual = await onBackend('wasm', compute(arithmetics.wasm))
      actual.forEach((result, index) => {
        expect(difference(result, expected[index])).toBeLessThan(1e-4)
      })
    },
  )

  it.each(['relu', 'leakyRelu', 'tanh'] as const)('activates by %s and takes its gradient', async (name) => {
    const compute = (arithmetic: Arithmetic) => () => {
      const output = arithmetic.activate(name, filled([3, 7001], 1))
      return [output, arithmetic.activateGradient(name, filled([3, 7001], 2), output)]
    }
    const expected = await onBackend('cpu', compute(composeArithmetic(tf)))
    const actual = await onBackend('wasm', compute(fast.arithmetic))
    actual.forEach((result, index) => {
      expect(difference(result, expected[index])).toBeLessThan(2e-6)
    })
  })
}

let fast: FastKernels

describe.each(['relaxed', 'plain'] as const)('wasm kernels, %s', (variant) => {
  beforeAll(async () => {
    fast = await loadFastKernels(tf, wasm, { threads: 2, variant })
  }, 120_000)
  afterAll(() => fast.stop())
  itComputesWhatTfjsDoes()
})

describe('threads', () => {
  it('change no bit of a result', async () => {
    const compute = () => {
      const x = filled<Tensor4D>([3, 17, 19, 21], 1)
      const w = filled<Tensor4D>([4, 4, 21, 37], 2)
      const y = fast.arithmetic.convolve(x, w, { stride: 2, padding: 'same' })
      const { output, mean, variance } = fast.arithmetic.normalise(y, filled([37], 3), {
        shift: filled([37], 4),
        epsilon: 1e-5,
      })
      const dy = fast.arithmetic.normaliseGradient(output, y, { scale: filled([37], 3), mean, variance, epsilon: 1e-5 })
        .input as Tensor4D
      return [
        output,
        fast.arithmetic.convolveInputGradient(dy, w, { stride: 2, padding: 'same', inputShape: x.shape }),
        fast.arithmetic.convolveFilterGradient(x, dy, { stride: 2, padding: 'same', filterShape: w.shape }),
      ]
    }
    const results = []
    for (const threads of [1, 2, 4]) {
      fast = await loadFastKernels(tf, wasm, { threads })
      results.push(await onBackend('wasm', compute))
      await fast.stop()
    }
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })

  it('survive many small jobs in a row', async () => {
    fast = await loadFastKernels(tf, wasm, { threads: 3 })
    const [first] = await onBackend('wasm', () => tf.matMul(filled([96, 64], 1), filled([64, 96], 2)))
    for (let round = 0; round < 300; round++) {
      const [again] = await onBackend('wasm', () => tf.matMul(filled([96, 64], 1), filled([64, 96], 2)))
      if (again === undefined || difference(again, first) !== 0) throw new Error(`round ${round} differs`)
    }
    await fast.stop()
  })

  it('let the process end', async () => {
    const module = join(import.meta.dirname, '../../../native-worker/trainer/engines/load-engine.ts')
    const source = `
      import { loadEngine } from ${JSON.stringify(module)}
      const { tf } = await loadEngine('wasm', { cacheFolder: '' })
      tf.ones([256, 256]).matMul(tf.ones([256, 256])).dataSync()
    `
    const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], { stdio: 'ignore' })
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
  })
})

describe('importSharedMemory', () => {
  it('refuses a module without a memory', () => {
    expect(() => importSharedMemory(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))).toThrow('no memory')
  })
})
