import type { Arithmetic } from '../../arithmetic.ts'
import { leakySlope } from '../../arithmetic.ts'
import { AttributeWriter, type NativeBackend } from '../native-backend.ts'

type Activations = Pick<Arithmetic, 'activate' | 'activateGradient'>

/** ReLU and leaky ReLU by the pack's own operations; what else there is goes to `others`. */
export function activationArithmetic(backend: NativeBackend, others: Activations): Activations {
  const attributes = new AttributeWriter(backend)
  const slopes = { relu: [attributes.float('slope', 0)], leakyRelu: [attributes.float('slope', leakySlope)] }
  return {
    activate: (name, input) =>
      name === 'tanh'
        ? others.activate(name, input)
        : backend.executeSingleOutput('FlawsmithActivate', slopes[name], [input]),
    activateGradient: (name, outputGradient, output) =>
      name === 'tanh'
        ? others.activateGradient(name, outputGradient, output)
        : backend.executeSingleOutput('FlawsmithActivateGradient', slopes[name], [outputGradient, output]),
  }
}
