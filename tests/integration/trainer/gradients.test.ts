import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine, Parameter } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { buildNetwork } from '../../../native-worker/trainer/networks/build-network.ts'
import { Gradients } from '../../../native-worker/trainer/networks/gradients.ts'
import {
  kerasBatchNorm,
  leakyRelu,
  relu,
  tanh,
  torchBatchNorm,
  type LayerSpec,
} from '../../../native-worker/trainer/networks/layer-spec.ts'
import { binaryCrossEntropy, categoricalCrossEntropy } from '../../../native-worker/trainer/networks/losses.ts'
import { leakyRelu as leakyReluForTapes } from '../../../native-worker/trainer/networks/twice-differentiable.ts'
import {
  crganDiscriminatorWeights,
  crganGeneratorWeights,
  crganEditions,
  type CrganShape,
  type WeightShape,
} from '../../../native-worker/trainer/recipes/crgan/crgan-architecture.ts'
import { crganJudge } from '../../../native-worker/trainer/recipes/crgan/crgan-discriminator.ts'
import { crganGenerate } from '../../../native-worker/trainer/recipes/crgan/crgan-generator.ts'
import { noiseOf } from '../../../native-worker/trainer/recipes/crgan/generator-noise.ts'
import type { Weights } from '../../../native-worker/trainer/recipes/crgan/weights.ts'
import { drawAugmentation } from '../../../native-worker/trainer/recipes/crgan/differentiable-augmentation.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'

const seeded = (): RandomStream => RandomStream.fromSeed(5, 'gradients')

/**
 * The slope of `f` along a direction, by central differences, against the gradient's component along it. A direction over
 * all values at once tells any wrong value, and float32 carries it well.
 */
function expectSlope(
  f: (values: Float32Array) => number,
  {
    at,
    gradient,
    what,
    tolerance = 0.02,
    reach = 2e-3,
  }: { at: Float32Array; gradient: Float32Array; what: string; tolerance?: number; reach?: number },
): void {
  const random = RandomStream.fromSeed(9, what)
  for (let trial = 0; trial < 2; trial++) {
    const direction = random.normals(at.length)
    const norm = Math.sqrt(direction.reduce((total, value) => total + value * value, 0))
    const distance = reach * Math.max(1, Math.sqrt(at.reduce((total, value) => total + value * value, 0)))
    const moved = (sign: number): number =>
      f(at.map((value, index) => value + (sign * distance * (direction[index] ?? 0)) / norm))
    const slope = (moved(1) - moved(-1)) / (2 * distance)
    const expected = gradient.reduce((total, value, index) => total + (value * (direction[index] ?? 0)) / norm, 0)
    const size = Math.sqrt(gradient.reduce((total, value) => total + value * value, 0))
    expect(size, `${what} has a gradient`).toBeGreaterThan(0)
    // Relative to the gradient's typical component, so that a direction across it is no trap.
    expect(Math.abs(slope - expected) / (size / Math.sqrt(at.length) + Math.abs(expected)), what).toBeLessThan(
      tolerance,
    )
  }
}

const layerCases: Readonly<
  Record<string, { readonly input: readonly number[]; readonly layers: readonly LayerSpec[] }>
> = {
  dense: { input: [3, 5], layers: [{ kind: 'dense', from: 5, to: 4 }] },
  'convolution k4 s2 same': {
    input: [2, 8, 8, 3],
    layers: [{ kind: 'convolution', from: 3, to: 5, kernel: 4, stride: 2, padding: 'same', bias: false }],
  },
  'convolution k3 s2 same, odd size': {
    input: [2, 9, 9, 2],
    layers: [{ kind: 'convolution', from: 2, to: 3, kernel: 3, stride: 2, padding: 'same', bias: true }],
  },
  'convolution k5 s3 same': {
    input: [2, 12, 12, 1],
    layers: [{ kind: 'convolution', from: 1, to: 4, kernel: 5, stride: 3, padding: 'same', bias: true }],
  },
  'convolution k4 s1 valid': {
    input: [2, 4, 4, 6],
    layers: [{ kind: 'convolution', from: 6, to: 1, kernel: 4, stride: 1, padding: 'valid', bias: false }],
  },
  'transposed convolution k4 s2': {
    input: [2, 4, 4, 5],
    layers: [{ kind: 'transposedConvolution', from: 5, to: 3, kernel: 4, stride: 2, padding: 'same', bias: false }],
  },
  'transposed convolution k3 s2': {
    input: [2, 4, 4, 3],
    layers: [{ kind: 'transposedConvolution', from: 3, to: 2, kernel: 3, stride: 2, padding: 'same', bias: true }],
  },
  'transposed convolution k5 s3': {
    input: [2, 4, 4, 3],
    layers: [{ kind: 'transposedConvolution', from: 3, to: 1, kernel: 5, stride: 3, padding: 'same', bias: false }],
  },
  'transposed convolution k4 s1 valid': {
    input: [3, 1, 1, 7],
    layers: [{ kind: 'transposedConvolution', from: 7, to: 4, kernel: 4, stride: 1, padding: 'valid', bias: false }],
  },
  'batch norm, images': { input: [3, 4, 4, 5], layers: [torchBatchNorm(5)] },
  'batch norm, rows': { input: [7, 4], layers: [kerasBatchNorm(4)] },
  'relu, leaky relu, tanh': {
    input: [4, 6],
    layers: [leakyRelu, { kind: 'dense', from: 6, to: 6 }, relu, { kind: 'dense', from: 6, to: 6 }, tanh],
  },
  'upsample, pad, reshape': {
    input: [2, 3, 3, 2],
    layers: [
      { kind: 'upsample' },
      { kind: 'padEnd' },
      { kind: 'reshape', shape: [98] },
      { kind: 'dense', from: 98, to: 3 },
    ],
  },
}

describe.each(enginesToTest)('gradients on %s', (name) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await loadEngine(name, { cacheFolder: testCacheFolder })
  })
  const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>().slice()
  const put = (parameter: Parameter, values: Float32Array): void => {
    engine.tf.tidy(() => {
      parameter.write(engine.tf.tensor(values.slice(), [...parameter.shape]))
    })
  }

  it.each(Object.entries(layerCases))('%s', (_, { input, layers }) => {
    const { tf } = engine
    const random = seeded()
    const network = buildNetwork(engine, layers, { name: 'test', initialisation: 'torch', random })
    const count = input.reduce((product, length) => product * length, 1)
    const x = random.normals(count)
    const pass = { training: true, dropout: random }
    const shape = tf.tidy(() => network.forward(tf.zeros([...input]), pass).output.shape)
    const weights = random.normals(shape.reduce((product, length) => product * length, 1))
    const loss = (values: Float32Array): number =>
      tf.tidy(() => {
        const { output } = network.forward(tf.tensor(values.slice(), [...input]), pass)
        return read(output).reduce((total, value, index) => total + value * (weights[index] ?? 0), 0)
      })
    const trainable = network.parameters.filter((parameter) => parameter.trainable)
    const [atInput, ...atParameters] = tf.tidy(() => {
      const { output, backward } = network.forward(tf.tensor(x.slice(), [...input]), pass)
      const into = new Gradients()
      const gradient = backward(tf.tensor(weights.slice(), output.shape), into, { wantsInput: true })
      return [
        gradient === null ? new Float32Array() : read(gradient),
        ...trainable.map((parameter) => read(into.of(parameter))),
      ]
    })
    expectSlope(loss, { at: x, gradient: atInput, what: 'input' })
    trainable.forEach((parameter, index) => {
      const before = read(parameter.read())
      const atValues = (values: Float32Array): number => {
        put(parameter, values)
        const result = loss(x)
        put(parameter, before)
        return result
      }
      expectSlope(atValues, { at: before, gradient: atParameters[index] ?? new Float32Array(), what: parameter.name })
    })
  })

  it('spectral norm, where its power iteration has settled', () => {
    const { tf } = engine
    const random = seeded()
    const layers: readonly LayerSpec[] = [
      { kind: 'convolution', from: 3, to: 4, kernel: 4, stride: 2, padding: 'same', bias: false, spectralNorm: true },
    ]
    const network = buildNetwork(engine, layers, { name: 'test', initialisation: 'torch', random })
    const [kernel] = network.parameters
    if (kernel === undefined) throw new Error('no kernel')
    const x = random.normals(2 * 6 * 6 * 3)
    const pass = { training: true, dropout: random }
    const forward = () => network.forward(tf.tensor(x.slice(), [2, 6, 6, 3]), pass)
    const settle = (): void => {
      for (let round = 0; round < 200; round++) tf.tidy(() => forward().output)
    }
    settle()
    const weights = random.normals(2 * 3 * 3 * 4)
    const before = read(kernel.read())
    const gradient = tf.tidy(() => {
      const { backward } = forward()
      const into = new Gradients()
      backward(tf.tensor(weights.slice(), [2, 3, 3, 4]), into, { wantsInput: false })
      return read(into.of(kernel))
    })
    const loss = (values: Float32Array): number => {
      put(kernel, values)
      settle()
      return tf.tidy(() =>
        read(forward().output).reduce((total, value, index) => total + value * (weights[index] ?? 0), 0),
      )
    }
    expectSlope(loss, { at: before, gradient, what: 'kernel' })
  })

  it('cross-entropies', () => {
    const { tf } = engine
    const logits = seeded()
      .normals(12)
      .map((value) => 3 * value)
    for (const target of [0, 1] as const) {
      const gradient = tf.tidy(() =>
        read(binaryCrossEntropy(tf, tf.tensor2d(logits.slice(), [12, 1]), target).gradient),
      )
      const loss = (values: Float32Array): number =>
        tf.tidy(() => binaryCrossEntropy(tf, tf.tensor2d(values.slice(), [12, 1]), target).value)
      expectSlope(loss, { at: logits, gradient, what: `target ${target}` })
    }
    const oneHot = (): Tensor2D => tf.oneHot([2, 0, 1, 2], 3).cast('float32')
    const classes = (values: Float32Array) => categoricalCrossEntropy(tf, tf.tensor2d(values.slice(), [4, 3]), oneHot())
    const gradient = tf.tidy(() => read(classes(logits).gradient))
    expectSlope((values) => tf.tidy(() => read(classes(values).value)[0] ?? Number.NaN), {
      at: logits,
      gradient,
      what: 'classes',
    })
  })

  describe.each(crganEditions)('crgan, edition %s', (edition) => {
    const shape: CrganShape = { edition, size: 16, channels: 1, classCount: 2, latent: 6, width: 'XXS' }
    const draw = (
      weights: readonly WeightShape[],
    ): ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }> => {
      const random = seeded()
      return new Map(
        weights.map(({ name: weight, shape: dimensions, deviation }) => {
          const count = dimensions.reduce((product, length) => product * length, 1)
          return [
            weight,
            { shape: dimensions, values: random.normals(count).map((value) => value * (deviation || 0.1)) },
          ]
        }),
      )
    }
    /** Loss as a function of one weight, the others fixed; and its gradient by the tape. */
    const check = (
      weights: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>,
      names: readonly string[],
      loss: (weights: Weights) => Tensor,
      reach = 2e-3,
    ): void => {
      const { tf } = engine
      const fixed =
        (except: string, tensor: Tensor): Weights =>
        (weight) => {
          const stored = weights.get(weight)
          if (stored === undefined) throw new Error(weight)
          return weight === except ? tensor : tf.tensor(stored.values.slice(), [...stored.shape])
        }
      for (const weight of names) {
        const stored = weights.get(weight)
        if (stored === undefined) throw new Error(`there is no ${weight}`)
        const tensorOf = (values: Float32Array): Tensor => tf.tensor(values.slice(), [...stored.shape])
        const gradient = tf.tidy(() =>
          read(tf.grad((tensor: Tensor) => loss(fixed(weight, tensor)) as Scalar)(tensorOf(stored.values))),
        )
        const value = (values: Float32Array): number =>
          tf.tidy(() => read(loss(fixed(weight, tensorOf(values))))[0] ?? Number.NaN)
        expectSlope(value, { at: stored.values, gradient, what: weight, tolerance: 0.05, reach })
      }
    }

    it('penalty: second derivatives through the whole discriminator', () => {
      const { tf } = engine
      // With leaky ReLU a penalty jumps where a unit changes sides, and differences across a jump say nothing: here a smooth
      // activation stands in for it; its own second derivative is checked below.
      const weights = draw(crganDiscriminatorWeights(shape))
      const bend = <Shape extends Tensor>({ tf: operations }: Engine, x: Shape): Shape =>
        operations.add(x, operations.mul(operations.square(x), 0.1))
      const images = tf.tensor4d(
        seeded()
          .normals(4 * 16 * 16)
          .map((value) => 0.3 * value),
        [4, 16, 16, 1],
      )
      const oneHot: Tensor2D = tf.oneHot([0, 1, 0, 1], 2).cast('float32')
      check(
        weights,
        ['image/kernel', 'block8/refine/kernel', 'block8/halve/kernel', 'features/kernel', 'classes'],
        (given) => {
          const slopes = tf.grad((x: Tensor) =>
            crganJudge(
              engine,
              { shape, weights: given, activate: bend },
              { images: x as Tensor4D, oneHot, groups: 2, conditioning: 0.7 },
            ),
          )(images, tf.ones([4]))
          return tf.sum(tf.square(slopes))
        },
      )
      tf.dispose([images, oneHot])
    })

    it('leaky ReLU: second derivative, away from its kink', () => {
      const { tf } = engine
      const random = seeded()
      const x = random.normals(40).map((value) => value + Math.sign(value) * 0.5)
      const scale = Float32Array.from(x, (_, index) => 1 + index / 40)
      // The slope of Σ leaky(s·x)² at x is 2 leaky(s·x) · leaky′ · s; squared and summed it bends in s.
      const penalty = (given: Tensor): Tensor => {
        const inner = (at: Tensor): Tensor => tf.sum(tf.square(leakyReluForTapes(engine, tf.mul(at, given))))
        return tf.sum(tf.square(tf.grad(inner)(tf.tensor1d(x.slice()))))
      }
      const gradient = tf.tidy(() => read(tf.grad(penalty)(tf.tensor1d(scale.slice()))))
      const exact = scale.map((s, index) => {
        const slope = (x[index] ?? 0) > 0 ? 1 : 0.2
        return 16 * slope ** 4 * s ** 3 * (x[index] ?? 0) ** 2
      })
      gradient.forEach((value, index) => {
        expect(Math.abs(value - (exact[index] ?? 0)) / Math.max(1, exact[index] ?? 0)).toBeLessThan(1e-4)
      })
    })

    it('losses: first derivatives through both networks and the augmentation', () => {
      const { tf } = engine
      const discriminator = draw(crganDiscriminatorWeights(shape))
      const generator = draw(crganGeneratorWeights(shape))
      const latents = tf.tensor2d(seeded().normals(4 * 6), [4, 6])
      const oneHot: Tensor2D = tf.oneHot([0, 1, 0, 1], 2).cast('float32')
      const augmentation = drawAugmentation(engine, 4, {
        height: 16,
        width: 16,
        channels: 1,
        flipHorizontal: true,
        flipVertical: true,
        brightness: 0.3,
        random: seeded(),
      })
      const stored: Weights = (weight) => {
        const found = discriminator.get(weight)
        if (found === undefined) throw new Error(weight)
        return tf.tensor(found.values.slice(), [...found.shape])
      }
      const noise = noiseOf(tf, latents, shape)
      const loss = (given: Weights): Tensor => {
        const made = augmentation.apply(crganGenerate(engine, { shape, weights: given }, { latents, oneHot, noise }))
        const judged = { images: made, oneHot, groups: 1, conditioning: 1 }
        return tf.mean(tf.softplus(tf.neg(crganJudge(engine, { shape, weights: stored }, judged))))
      }
      check(
        generator,
        [
          ...['classes', 'input/kernel', 'block8/double/kernel', 'block8/film/kernel', 'block8/refine/kernel'],
          ...(edition === '2' ? ['block8/noise/kernel', 'image/kernel'] : []),
        ],
        loss,
      )
      // One value that moves every pixel, and with it many units across their kink: differences settle closer in.
      check(generator, ['image/bias', ...(edition === '2' ? ['block8/noise/gain'] : [])], loss, 5e-4)
      tf.dispose([latents, oneHot, ...noise])
    })
  })
})
