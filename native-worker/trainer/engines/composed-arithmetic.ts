import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { ActivationName, AdamNumbers, AdamSlot, Arithmetic } from './arithmetic.ts'
import { leakySlope } from './arithmetic.ts'
import { composeBlocks } from './composed-blocks.ts'
import type { TensorFlow } from './engine.ts'

/** The arithmetic from tfjs's own operations: right on every engine, fused on none. */
export function composeArithmetic(tf: TensorFlow): Arithmetic {
  const run = (name: string, inputs: Record<string, Tensor>, attributes: Record<string, unknown>): Tensor4D =>
    tf.engine().runKernel(name, inputs, attributes as never)
  const rows = (tensor: Tensor): Tensor => tensor.reshape([-1, tensor.shape.at(-1) ?? 1])
  return {
    ...composeBlocks(tf),
    convolve: (x, filter, { stride, padding, onto }) =>
      tf.tidy(() => {
        const attributes = { strides: [stride, stride], pad: padding, dataFormat: 'NHWC', dilations: [1, 1] }
        const product = run('Conv2D', { x, filter }, attributes)
        return onto === undefined ? product : tf.add(product, onto)
      }),
    convolveInputGradient: (dy, filter, { stride, padding, inputShape }) =>
      run(
        'Conv2DBackpropInput',
        { dy, filter },
        { strides: [stride, stride], pad: padding, dataFormat: 'NHWC', inputShape },
      ),
    convolveFilterGradient: (x, dy, { stride, padding, filterShape }) =>
      run(
        'Conv2DBackpropFilter',
        { x, dy },
        { strides: [stride, stride], pad: padding, dataFormat: 'NHWC', filterShape },
      ),
    activate: (name, input) => activations[name](tf, input),
    activateGradient: (name, outputGradient, output) =>
      tf.tidy(() => outputGradient.mul(activationSlopes[name](tf, output))),
    normalise: (input, scale, { shift, epsilon }) =>
      tf.tidy(() => {
        const { mean, variance } = tf.moments(rows(input), 0)
        const gain = scale.mul(variance.add(epsilon).rsqrt())
        return { output: input.sub(mean).mul(gain).add(shift), mean, variance }
      }),
    normaliseGradient: (outputGradient, input, { scale, mean, variance, epsilon }) =>
      tf.tidy(() => {
        const dy = rows(outputGradient)
        const inverseDeviation = variance.add(epsilon).rsqrt()
        const normalised = rows(input).sub(mean).mul(inverseDeviation)
        const shiftGradient = dy.sum(0)
        const scaleGradient = dy.mul(normalised).sum(0)
        const count = dy.shape[0]
        const centred = dy.sub(shiftGradient.div(count)).sub(normalised.mul(scaleGradient.div(count)))
        return {
          input: centred.mul(scale.mul(inverseDeviation)).reshape(input.shape),
          scale: scaleGradient,
          shift: shiftGradient,
        }
      }),
    adam: (slots, numbers) => {
      for (const slot of slots) updateOne(tf, slot, numbers)
    },
    follow: (pairs, kept) => {
      for (const { follower, followed } of pairs)
        tf.tidy(() => {
          follower.write(
            follower
              .read()
              .mul(kept)
              .add(followed.read().mul(1 - kept)),
          )
        })
    },
  }
}

function updateOne(
  tf: TensorFlow,
  { parameter, gradient, firstMoment, secondMoment }: AdamSlot,
  { rate, beta1, beta2, epsilon }: AdamNumbers,
): void {
  tf.tidy(() => {
    firstMoment.write(
      firstMoment
        .read()
        .mul(beta1)
        .add(gradient.mul(1 - beta1)),
    )
    secondMoment.write(
      secondMoment
        .read()
        .mul(beta2)
        .add(gradient.square().mul(1 - beta2)),
    )
    const change = firstMoment.read().mul(rate).div(secondMoment.read().sqrt().add(epsilon))
    parameter.write(parameter.read().sub(change))
  })
}

const activations: Record<ActivationName, (tf: TensorFlow, input: Tensor) => Tensor> = {
  relu: (tf, input) => tf.relu(input),
  leakyRelu: (tf, input) => tf.leakyRelu(input, leakySlope),
  tanh: (tf, input) => tf.tanh(input),
}

const activationSlopes: Record<ActivationName, (tf: TensorFlow, output: Tensor) => Tensor> = {
  relu: (tf, output) => tf.step(output),
  leakyRelu: (tf, output) => tf.step(output, leakySlope),
  tanh: (tf, output) => tf.sub(1, output.square()),
}
