import type * as TensorFlowJs from '@tensorflow/tfjs'
import type { Tensor } from '@tensorflow/tfjs'
import type { EngineName } from '../../../contract/engines.ts'
import type { Arithmetic } from './arithmetic.ts'

/** The module `@tensorflow/tfjs`: passed in, never imported, so that only the trainer child ever loads it. */
export type TensorFlow = typeof TensorFlowJs

/** A tensor that outlives a step: a weight, a running statistic, a moment of the optimiser. */
export interface Parameter {
  readonly name: string
  readonly shape: readonly number[]
  /** False for running statistics and everything else no gradient reaches. */
  readonly trainable: boolean
  /** The value now. Belongs to the parameter where the engine keeps one tensor: never dispose it, read again after a write. */
  read(): Tensor
  /** Replaces the value by a tensor of the same shape, which stays the caller's. */
  write(value: Tensor): void
  dispose(): void
}

export interface ParameterSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly trainable: boolean
}

/** One way of computing: tfjs on a backend, and the fused arithmetic that backend has. */
export interface Engine {
  readonly name: EngineName
  readonly tf: TensorFlow
  readonly arithmetic: Arithmetic
  /** Everything that decides the numbers, for the run's record. */
  readonly versions: Readonly<Record<string, string>>
  createParameter(spec: ParameterSpec, values: Float32Array): Parameter
}

/** The value now, as a copy. */
export function readValues(tf: TensorFlow, parameter: Parameter): Float32Array {
  let copy = new Float32Array()
  // Not as tidy's result: tfjs looks for tensors in there, number by number.
  tf.tidy(() => {
    copy = parameter.read().dataSync<'float32'>().slice() as Float32Array<ArrayBuffer>
  })
  return copy
}
