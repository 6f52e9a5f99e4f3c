import type { Tensor } from '@tensorflow/tfjs'
import type { Parameter, ParameterSpec, TensorFlow } from './engine.ts'

/** A parameter as one kept tensor, replaced at each write. */
export class KeptParameter implements Parameter {
  readonly name: string
  readonly shape: readonly number[]
  readonly trainable: boolean
  readonly #tf: TensorFlow
  #value: Tensor

  constructor(tf: TensorFlow, spec: ParameterSpec, values: Float32Array) {
    this.#tf = tf
    this.name = spec.name
    this.shape = spec.shape
    this.trainable = spec.trainable
    // A copy: some engines go on using the array they were given.
    this.#value = tf.keep(tf.tensor(values.slice(), [...spec.shape], 'float32'))
  }

  read(): Tensor {
    return this.#value
  }

  write(value: Tensor): void {
    const before = this.#value
    this.#value = this.#tf.keep(value.clone())
    before.dispose()
  }

  /** Replaces the value by a tensor of the same shape, which becomes the parameter's own. */
  adopt(value: Tensor): void {
    const before = this.#value
    this.#value = this.#tf.keep(value)
    before.dispose()
  }

  dispose(): void {
    this.#value.dispose()
  }
}
