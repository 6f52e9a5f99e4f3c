import type { KernelConfig, KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engine.ts'

/** Null where the call is not for this kernel. */
export type Compute = (inputs: NamedTensorInfoMap, attributes: NamedAttrMap) => TensorInfo | null

/** Puts `compute` under tfjs's own name for a kernel; what it does not take still goes to tfjs-node's. */
export function replaceKernel(tf: TensorFlow, kernelName: string, compute: Compute): void {
  const backendName = 'tensorflow'
  const before = tf.getKernel(kernelName, backendName) as KernelConfig | undefined
  if (before === undefined) throw new Error(`tfjs-node has no kernel ${kernelName}`)
  const kernelFunc: KernelFunc = (call) => compute(call.inputs, call.attrs ?? {}) ?? before.kernelFunc(call)
  tf.unregisterKernel(kernelName, backendName)
  tf.registerKernel({ kernelName, backendName, kernelFunc })
}
