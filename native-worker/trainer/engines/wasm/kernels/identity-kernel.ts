import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs'
import type { KernelContext } from './tensor-memory.ts'

/** A copy that shares the values, since tensors never change once made; tfjs's own kernel copies them here. */
export function identityKernel({ backend }: KernelContext, published: (name: string) => KernelFunc): KernelConfig {
  published('Identity')
  return {
    kernelName: 'Identity',
    backendName: 'wasm',
    kernelFunc: ({ inputs }) => {
      const { dataId, shape, dtype } = (inputs as { x: TensorInfo }).x
      backend.incRef(dataId)
      return { dataId, shape, dtype }
    },
  }
}
