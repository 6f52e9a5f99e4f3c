import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import { type Arithmetic, leakySlope } from '../../arithmetic.ts'
import { composeArithmetic } from '../../composed-arithmetic.ts'
import type { Parameter, TensorFlow } from '../../engine.ts'
import { KeptParameter } from '../../kept-parameter.ts'
import { ownConvolution } from './convolution-kernels.ts'
import { fuseBlocks } from './fused-blocks.ts'
import { ownKernels } from './training-kernels.ts'

/** The arithmetic on our own kernels; what has none is composed. */
export function fuseArithmetic(tf: TensorFlow): Arithmetic {
  const composed = composeArithmetic(tf)
  const run = (name: string, inputs: Record<string, Tensor>, numbers: Record<string, number>): readonly Tensor[] =>
    tf.engine().runKernel<Tensor[]>(name, inputs, numbers as never)
  return {
    ...composed,
    ...fuseBlocks(tf),
    convolve: (x, filter, { stride, padding, onto }) =>
      tf.engine().runKernel<Tensor4D>(ownConvolution, { x, filter, ...(onto === undefined ? {} : { onto }) }, {
        strides: stride,
        pad: padding,
      } as never),
    activate: (name, input) =>
      name === 'tanh'
        ? composed.activate(name, input)
        : one(run(ownKernels.activate, { input }, { slope: slopes[name] })),
    activateGradient: (name, outputGradient, output) =>
      name === 'tanh'
        ? composed.activateGradient(name, outputGradient, output)
        : one(run(ownKernels.activateGradient, { outputGradient, output }, { slope: slopes[name] })),
    passGate: (values, gate, onto) =>
      one(
        run(
          ownKernels.activateGradient,
          { outputGradient: values, output: gate, ...(onto === undefined ? {} : { onto }) },
          { slope: leakySlope },
        ),
      ) as Tensor4D,
    normalise: (input, scale, { shift, epsilon }) => {
      const [output, mean, variance] = run(ownKernels.normalise, { input, scale, shift }, { epsilon })
      return { output: present(output), mean: present(mean), variance: present(variance) }
    },
    normaliseGradient: (outputGradient, input, { scale, mean, variance, epsilon }) => {
      const results = run(ownKernels.normaliseGradient, { outputGradient, input, scale, mean, variance }, { epsilon })
      return { input: present(results[0]), scale: present(results[1]), shift: present(results[2]) }
    },
    adam: (slots, { rate, beta1, beta2, epsilon }) => {
      const tensors = slots.flatMap(({ parameter, gradient, firstMoment, secondMoment }) => [
        parameter.read(),
        gradient,
        firstMoment.read(),
        secondMoment.read(),
      ])
      const targets = slots.flatMap(({ parameter, firstMoment, secondMoment }) => [
        parameter,
        firstMoment,
        secondMoment,
      ])
      replace(targets, run(ownKernels.adam, inOrder(tensors), { rate, beta1, beta2, epsilon }))
    },
    follow: (pairs, kept) => {
      const tensors = pairs.flatMap(({ follower, followed }) => [follower.read(), followed.read()])
      replace(
        pairs.map(({ follower }) => follower),
        run(ownKernels.follow, inOrder(tensors), { kept }),
      )
    },
  }
}

/** Keys that an object keeps in the order in which they are set. */
const inOrder = (tensors: readonly Tensor[]): Record<string, Tensor> =>
  Object.fromEntries(tensors.map((tensor, index) => [`t${index}`, tensor]))

function replace(parameters: readonly Parameter[], values: readonly Tensor[]): void {
  parameters.forEach((parameter, index) => {
    const value = present(values[index])
    if (parameter instanceof KeptParameter) parameter.adopt(value)
    else throw new TypeError(`${parameter.name} is not of this engine`)
  })
}

const slopes = { relu: 0, leakyRelu: leakySlope } as const

const one = (results: readonly Tensor[]): Tensor => present(results[0])

function present(tensor: Tensor | undefined): Tensor {
  if (tensor === undefined) throw new Error('a kernel returned fewer tensors than it should')
  return tensor
}
