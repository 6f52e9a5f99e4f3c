import type { Tensor } from '@tensorflow/tfjs'
import type { Parameter, ParameterSpec, TensorFlow } from '../engine.ts'
import { AttributeWriter, type NativeBackend } from './native-backend.ts'

let created = 0

/**
 * A parameter as a TensorFlow variable: the library's own optimiser updates it in place. What `read` gives shares the
 * variable's memory until the next update, which copies only if such a tensor is still alive: dispose them first.
 */
export class ResourceParameter implements Parameter {
  readonly name: string
  readonly shape: readonly number[]
  readonly trainable: boolean
  readonly handle: Tensor
  readonly #backend: NativeBackend
  readonly #write: AttributeWriter

  constructor({ tf, backend }: { tf: TensorFlow; backend: NativeBackend }, spec: ParameterSpec, values: Float32Array) {
    this.name = spec.name
    this.shape = spec.shape
    this.trainable = spec.trainable
    this.#backend = backend
    this.#write = new AttributeWriter(backend)
    const attributes = [
      this.#write.text('container', ''),
      this.#write.text('shared_name', `parameter-${created++}`),
      this.#write.float32('dtype'),
      this.#write.shape('shape', spec.shape),
    ]
    this.handle = tf.keep(backend.executeSingleOutput('VarHandleOp', attributes, []))
    tf.tidy(() => {
      // A copy: the tensor goes on using the array it was given.
      this.write(tf.tensor(values.slice(), [...spec.shape], 'float32'))
    })
  }

  read(): Tensor {
    return this.#backend.executeSingleOutput('ReadVariableOp', [this.#write.float32('dtype')], [this.handle])
  }

  write(value: Tensor): void {
    this.#backend.executeMultipleOutputs('AssignVariableOp', [this.#write.float32('dtype')], [this.handle, value], 0)
  }

  dispose(): void {
    this.#backend.executeMultipleOutputs(
      'DestroyResourceOp',
      [this.#write.flag('ignore_lookup_error', true)],
      [this.handle],
      0,
    )
    this.handle.dispose()
  }
}
