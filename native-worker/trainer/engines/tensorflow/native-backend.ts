import type { Tensor } from '@tensorflow/tfjs'

/** A value for an attribute of a TensorFlow operation, as the addon takes it. */
export interface OperationAttribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** What we use of tfjs-node's backend: running any TensorFlow operation by its name. */
export interface NativeBackend {
  readonly binding: {
    readonly TF_Version: string
    readonly TF_ATTR_STRING: number
    readonly TF_ATTR_INT: number
    readonly TF_ATTR_FLOAT: number
    readonly TF_ATTR_BOOL: number
    readonly TF_ATTR_TYPE: number
    readonly TF_ATTR_SHAPE: number
    readonly TF_FLOAT: number
    readonly TF_INT32: number
    isUsingGpuDevice(): boolean
  }
  incRef(dataId: object): void
  executeSingleOutput(name: string, attributes: readonly OperationAttribute[], inputs: readonly Tensor[]): Tensor
  executeMultipleOutputs(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[]
}

/** Attributes in TensorFlow's own words. */
export class AttributeWriter {
  readonly #binding: NativeBackend['binding']

  constructor({ binding }: NativeBackend) {
    this.#binding = binding
  }

  text(name: string, value: string): OperationAttribute {
    return { name, type: this.#binding.TF_ATTR_STRING, value }
  }

  integers(name: string, value: readonly number[]): OperationAttribute {
    return { name, type: this.#binding.TF_ATTR_INT, value }
  }

  integer(name: string, value: number): OperationAttribute {
    return { name, type: this.#binding.TF_ATTR_INT, value }
  }

  float(name: string, value: number): OperationAttribute {
    return { name, type: this.#binding.TF_ATTR_FLOAT, value }
  }

  flag(name: string, value: boolean): OperationAttribute {
    return { name, type: this.#binding.TF_ATTR_BOOL, value }
  }

  /** The type attribute of a float32 operation. */
  float32(name = 'T'): OperationAttribute {
    return { name, type: this.#binding.TF_ATTR_TYPE, value: this.#binding.TF_FLOAT }
  }

  shape(name: string, value: readonly number[]): OperationAttribute {
    return { name, type: this.#binding.TF_ATTR_SHAPE, value }
  }
}
