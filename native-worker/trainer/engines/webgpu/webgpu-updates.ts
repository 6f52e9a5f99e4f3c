import type { Tensor } from '@tensorflow/tfjs'
import type { Arithmetic } from '../arithmetic.ts'
import type { TensorFlow } from '../engine.ts'
import { elementwiseProgram, type DispatchTools, type Elementwise, type ProgramRunner } from './elementwise-program.ts'

const firstMoment: Elementwise = {
  name: 'first-moment',
  tensors: ['moment', 'gradient'],
  numbers: ['kept', 'taken'],
  formula: 'uniforms.kept * moment[i] + uniforms.taken * gradient[i]',
}
const secondMoment: Elementwise = {
  name: 'second-moment',
  tensors: ['moment', 'gradient'],
  numbers: ['kept', 'taken'],
  formula: 'uniforms.kept * moment[i] + uniforms.taken * gradient[i] * gradient[i]',
}
const step: Elementwise = {
  name: 'adam-step',
  tensors: ['weight', 'first', 'second'],
  numbers: ['rate', 'epsilon'],
  formula: 'weight[i] - uniforms.rate * first[i] / (sqrt(second[i]) + uniforms.epsilon)',
}

/** Adam in three shaders a parameter. From tfjs's operations it is eleven, and each costs the processor more than the card. */
export function webgpuUpdates(
  tf: TensorFlow,
  { backend, tools }: { backend: ProgramRunner; tools: DispatchTools },
): Pick<Arithmetic, 'adam'> {
  /** All shapes as a row: one compiled shader for every parameter. */
  const compute = (of: Elementwise, tensors: readonly Tensor[], numbers: readonly number[]): Tensor => {
    const [{ shape, size }] = tensors as readonly [Tensor, ...Tensor[]]
    const rows = tensors.map(({ dataId, dtype }) => ({ dataId, dtype, shape: [size] }))
    const data = numbers.map((value) => ({ type: 'float32', data: [value] }) as const)
    const made = backend.runWebGPUProgram(elementwiseProgram(tools, [size], of), rows, 'float32', data)
    return tf.engine().makeTensorFromTensorInfo({ ...made, shape: [...shape] })
  }
  return {
    adam: ({ parameter, gradient, firstMoment: first, secondMoment: second, rate, beta1, beta2, epsilon }) => {
      tf.tidy(() => {
        first.write(compute(firstMoment, [first.read(), gradient], [beta1, 1 - beta1]))
        second.write(compute(secondMoment, [second.read(), gradient], [beta2, 1 - beta2]))
        parameter.write(compute(step, [parameter.read(), first.read(), second.read()], [rate, epsilon]))
      })
    },
  }
}
