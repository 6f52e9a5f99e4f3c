import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { ActivationName, AdamNumbers, Arithmetic, ConvolutionGeometry } from '../arithmetic.ts'
import { leakySlope } from '../arithmetic.ts'
import { composeArithmetic } from '../composed-arithmetic.ts'
import { composeBlocks } from '../composed-blocks.ts'
import type { TensorFlow } from '../engine.ts'
import { AttributeWriter, type NativeBackend, type OperationAttribute } from './native-backend.ts'
import { ResourceParameter } from './resource-parameter.ts'

/** Fused TensorFlow operations, called by name: one for batch norm, one for its gradient, one for Adam. */
export function nativeArithmetic(tf: TensorFlow, backend: NativeBackend): Arithmetic {
  const attributes = new AttributeWriter(backend)
  const float32 = [attributes.float32()]
  const leaky = [attributes.float32(), attributes.float('alpha', leakySlope)]
  const run = <Result extends Tensor>(
    name: string,
    inputs: readonly Tensor[],
    given: readonly OperationAttribute[] = float32,
  ): Result => backend.executeSingleOutput(name, given, inputs) as Result

  const geometryAttributes = ({ stride, padding }: ConvolutionGeometry): readonly OperationAttribute[] => [
    attributes.float32(),
    attributes.integers('strides', [1, stride, stride, 1]),
    attributes.text('padding', padding.toUpperCase()),
    attributes.text('data_format', 'NHWC'),
    attributes.integers('dilations', [1, 1, 1, 1]),
  ]
  const withShape = <Result>(shape: readonly number[], use: (shape: Tensor) => Result): Result => {
    const tensor = tf.tensor1d([...shape], 'int32')
    const result = use(tensor)
    tensor.dispose()
    return result
  }
  const normAttributes = (epsilon: number): readonly OperationAttribute[] => [
    attributes.float32(),
    attributes.float32('U'),
    attributes.float('epsilon', epsilon),
    attributes.text('data_format', 'NHWC'),
    attributes.flag('is_training', true),
  ]
  const as4D = (tensor: Tensor): Tensor =>
    tensor.rank === 4
      ? tensor
      : tensor.reshape([tensor.size / (tensor.shape.at(-1) ?? 1), 1, 1, tensor.shape.at(-1) ?? 1])
  const adamAttributes = [
    attributes.float32(),
    attributes.flag('use_locking', false),
    attributes.flag('use_nesterov', false),
  ]
  const adamScalars = Array.from({ length: 6 }, () => reusedScalar(tf))
  const none = tf.keep(tf.tensor1d([], 'float32'))
  const composed = composeArithmetic(tf)

  return {
    ...composed,
    // tfjs composes a step function from six operations.
    ...composeBlocks(tf, (values, gate) => run<Tensor4D>('LeakyReluGrad', [values, gate], leaky)),
    convolve: (input, filter, { onto, ...geometry }) =>
      tf.tidy(() => {
        const product = run<Tensor4D>('Conv2D', [input, filter], geometryAttributes(geometry))
        return onto === undefined ? product : tf.add(product, onto)
      }),
    convolveInputGradient: (outputGradient, filter, geometry) =>
      withShape(geometry.inputShape, (shape) =>
        run<Tensor4D>('Conv2DBackpropInput', [shape, filter, outputGradient], geometryAttributes(geometry)),
      ),
    convolveFilterGradient: (input, outputGradient, geometry) =>
      withShape(geometry.filterShape, (shape) =>
        run<Tensor4D>('Conv2DBackpropFilter', [input, shape, outputGradient], geometryAttributes(geometry)),
      ),
    activate: (name, input) => run(activationNames[name], [input], name === 'leakyRelu' ? leaky : float32),
    activateGradient: (name, outputGradient, output) => {
      switch (name) {
        case 'relu':
          return run('ReluGrad', [outputGradient, output])
        case 'leakyRelu':
          return run('LeakyReluGrad', [outputGradient, output], leaky)
        case 'tanh':
          return run('TanhGrad', [output, outputGradient])
      }
    },
    normalise: (input, scale, { shift, epsilon }) =>
      tf.tidy(() => {
        const outputs = backend.executeMultipleOutputs(
          'FusedBatchNormV3',
          normAttributes(epsilon),
          [as4D(input), scale, shift, none, none],
          6,
        )
        // The fifth output is the batch variance divided by n; the third has Bessel's correction.
        const [output, mean, , , variance] = outputs as [Tensor, Tensor, Tensor, Tensor, Tensor]
        return { output: output.reshape(input.shape), mean, variance }
      }),
    normaliseGradient: (outputGradient, input, { scale, mean, variance, epsilon }) =>
      tf.tidy(() => {
        const inputs = [as4D(outputGradient), as4D(input), scale, mean, variance, none]
        const outputs = backend.executeMultipleOutputs('FusedBatchNormGradV3', normAttributes(epsilon), inputs, 5)
        const [atInput, atScale, atShift] = outputs as [Tensor, Tensor, Tensor]
        return { input: atInput.reshape(input.shape), scale: atScale, shift: atShift }
      }),
    adam: (slots, numbers) => {
      for (const slot of slots) {
        const { parameter, firstMoment, secondMoment } = slot
        if (
          parameter instanceof ResourceParameter &&
          firstMoment instanceof ResourceParameter &&
          secondMoment instanceof ResourceParameter
        ) {
          applyAdam(slot.gradient, [parameter.handle, firstMoment.handle, secondMoment.handle], numbers)
        } else composed.adam([slot], numbers)
      }
    },
  }

  /** TensorFlow corrects the bias itself from the powers of β: zero powers leave our corrected rate as it is. */
  function applyAdam(gradient: Tensor, handles: readonly Tensor[], { rate, beta1, beta2, epsilon }: AdamNumbers): void {
    const values = [0, 0, rate, beta1, beta2, epsilon]
    const scalars = adamScalars.map((scalarOf, index) => scalarOf(values[index] ?? 0))
    backend.executeMultipleOutputs('ResourceApplyAdam', adamAttributes, [...handles, ...scalars, gradient], 0)
  }
}

/** A scalar for one use, made anew only when its value changes: an optimiser asks for the same one for every parameter. */
function reusedScalar(tf: TensorFlow): (value: number) => Scalar {
  let last = { value: 0, scalar: tf.keep(tf.scalar(0, 'float32')) }
  return (value) => {
    if (last.value !== value) {
      last.scalar.dispose()
      last = { value, scalar: tf.keep(tf.scalar(value, 'float32')) }
    }
    return last.scalar
  }
}

const activationNames: Readonly<Record<ActivationName, string>> = { relu: 'Relu', leakyRelu: 'LeakyRelu', tanh: 'Tanh' }
