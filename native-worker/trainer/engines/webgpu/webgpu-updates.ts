import type { Tensor } from '@tensorflow/tfjs'
import type { Arithmetic } from '../arithmetic.ts'
import type { TensorFlow } from '../engine.ts'
import { elementwiseProgram, type DispatchTools, type Elementwise, type ProgramRunner } from './elementwise-program.ts'

/** The first moment, and a parameter that follows another. */
const approach: Elementwise = {
  name: 'approach',
  tensors: ['before', 'goal'],
  numbers: ['kept', 'taken'],
  formula: 'uniforms.kept * before[i] + uniforms.taken * goal[i]',
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

/**
 * Adam in three shaders a parameter, following in one. From tfjs's operations they are eleven and three, and each costs the processor
 * more than the card.
 */
export function webgpuUpdates(
  tf: TensorFlow,
  { backend, tools }: { backend: ProgramRunner; tools: DispatchTools },
): Pick<Arithmetic, 'adam' | 'follow'> {
  /** All shapes as a row: one compiled shader for every parameter. */
  const compute = (of: Elementwise, tensors: readonly Tensor[], numbers: readonly number[]): Tensor => {
    const [{ shape, size }] = tensors as readonly [Tensor, ...Tensor[]]
    const rows = tensors.map(({ dataId, dtype }) => ({ dataId, dtype, shape: [size] }))
    const data = numbers.map((value) => ({ type: 'float32', data: [value] }) as const)
    const made = backend.runWebGPUProgram(elementwiseProgram(tools, [size], of), rows, 'float32', data)
    return tf.engine().makeTensorFromTensorInfo({ ...made, shape: [...shape] })
  }
  return {
    adam: (slots, { rate, beta1, beta2, epsilon }) => {
      for (const { parameter, gradient, firstMoment: first, secondMoment: second } of slots)
        tf.tidy(() => {
          first.write(compute(approach, [first.read(), gradient], [beta1, 1 - beta1]))
          second.write(compute(secondMoment, [second.read(), gradient], [beta2, 1 - beta2]))
          parameter.write(compute(step, [parameter.read(), first.read(), second.read()], [rate, epsilon]))
        })
    },
    follow: (pairs, kept) => {
      for (const { follower, followed } of pairs)
        tf.tidy(() => {
          follower.write(compute(approach, [follower.read(), followed.read()], [kept, 1 - kept]))
        })
    },
  }
}
