import type { Tensor } from '@tensorflow/tfjs'
import type { Arithmetic } from '../../arithmetic.ts'
import { AttributeWriter, type NativeBackend } from '../native-backend.ts'

/** Batch norm by the pack's own operations (engines/pack/ops/normalisation.h): one pass for the statistics, one for the result. */
export function normalisationArithmetic(backend: NativeBackend): Pick<Arithmetic, 'normalise' | 'normaliseGradient'> {
  const attributes = new AttributeWriter(backend)
  const run = (name: string, inputs: readonly Tensor[], epsilon: number): [Tensor, Tensor, Tensor] =>
    backend.executeMultipleOutputs(name, [attributes.float('epsilon', epsilon)], inputs, 3) as [Tensor, Tensor, Tensor]
  return {
    normalise: (input, scale, { shift, epsilon }) => {
      const [output, mean, variance] = run('FlawsmithNormalise', [input, scale, shift], epsilon)
      return { output, mean, variance }
    },
    normaliseGradient: (outputGradient, input, { scale, mean, variance, epsilon }) => {
      const inputs = [outputGradient, input, scale, mean, variance]
      const [atInput, atScale, atShift] = run('FlawsmithNormaliseGradient', inputs, epsilon)
      return { input: atInput, scale: atScale, shift: atShift }
    },
  }
}
