import { createRequire } from 'node:module'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { Engine, TensorFlow } from '../engine.ts'
import { KeptParameter } from '../kept-parameter.ts'
import { findTensorflowPack } from './installation/find-tensorflow-pack.ts'
import { hasNativeBlocks, hasNativeOperations } from './kernels/has-native-operations.ts'
import { activationArithmetic } from './kernels/native-activation.ts'
import { nativeBlocks } from './kernels/native-blocks.ts'
import { convolutionArithmetic, nativeConvolutions } from './kernels/native-convolutions.ts'
import { normalisationArithmetic } from './kernels/native-normalisation.ts'
import { mostKeptValues, updateArithmetic } from './kernels/native-updates.ts'
import { registerConvolutions } from './kernels/register-convolutions.ts'
import { registerElementaries } from './kernels/register-elementaries.ts'
import { registerProducts } from './kernels/register-products.ts'
import { nativeArithmetic } from './native-arithmetic.ts'
import type { NativeBackend } from './native-backend.ts'
import { ResourceParameter } from './resource-parameter.ts'

/**
 * TensorFlow's C library on the processor, through tfjs-node's JavaScript and the addon of the engine pack.
 * @throws FlawsmithError `engine_unavailable` with the way to install it
 */
export async function loadTensorflowEngine({ cacheFolder }: { cacheFolder: string }): Promise<Engine> {
  const pack = await findTensorflowPack(cacheFolder)
  if (pack.kind === 'missing') {
    throw new FlawsmithError('engine_unavailable', pack.reason, { engine: 'tensorflow', ...pack.details })
  }
  return loadNativeEngine('tensorflow', {
    addon: pack.addon,
    versions: { tensorflow: pack.tensorflow, addon: pack.sha256.slice(0, 12) },
  })
}

export async function loadNativeEngine(
  name: 'tensorflow' | 'cuda',
  { addon, versions }: { addon: string; versions: Readonly<Record<string, string>> },
): Promise<Engine> {
  const require = createRequire(import.meta.url)
  restoreRemovedHelpers(require)
  const tf = require('@tensorflow/tfjs') as TensorFlow
  require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels')
  const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend') as {
    NodeJSKernelBackend: new (binding: unknown, packageName: string) => NativeBackend
  }
  const backend = new NodeJSKernelBackend(require(addon), '@tensorflow/tfjs-node')
  tf.registerBackend('tensorflow', () => backend as never, 3)
  await tf.setBackend('tensorflow')
  await tf.ready()
  const arithmetic = nativeArithmetic(tf, backend)
  const hasOperations = name === 'tensorflow' && hasNativeOperations(tf, backend)
  const hasBlocks = hasOperations && hasNativeBlocks(tf, backend)
  const convolutions = nativeConvolutions(backend)
  if (hasOperations) {
    registerConvolutions(tf, convolutions)
    registerProducts(tf, backend)
    if (hasBlocks) registerElementaries(tf, backend)
  }
  return {
    name,
    tf,
    arithmetic: hasOperations
      ? {
          ...arithmetic,
          ...activationArithmetic(backend, arithmetic),
          ...convolutionArithmetic(tf, convolutions, { addsInOne: hasBlocks }),
          ...normalisationArithmetic(backend),
          ...(hasBlocks
            ? { ...nativeBlocks(tf, backend, convolutions), ...updateArithmetic(tf, backend, arithmetic) }
            : {}),
        }
      : arithmetic,
    versions: { tfjs: tf.version.tfjs, ...versions, node: process.versions.node },
    createParameter: (spec, values) =>
      hasBlocks && values.length <= mostKeptValues
        ? new KeptParameter(tf, spec, values)
        : new ResourceParameter({ tf, backend }, spec, values),
  }
}

/** tfjs-node calls two helpers that Node has removed or is about to. */
function restoreRemovedHelpers(require: NodeJS.Require): void {
  const helpers = require('node:util') as Record<string, unknown>
  helpers['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined
  helpers['isArray'] = Array.isArray
}
