import { createRequire } from 'node:module'
import type { EngineObstacle } from '../../../../contract/engines.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ErrorDetails } from '../../../../contract/errors.ts'
import { composeArithmetic } from '../composed-arithmetic.ts'
import type { Engine, TensorFlow } from '../engine.ts'
import { KeptParameter } from '../kept-parameter.ts'

/**
 * Any maker's graphics card through WebGPU (Dawn). Neither package is part of Flawsmith yet: both must be installed beside it.
 * @throws FlawsmithError `engine_unavailable`
 */
export async function loadWebgpuEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url)
  const unavailable = (why: string, obstacle: ErrorDetails, cause?: unknown): FlawsmithError =>
    new FlawsmithError('engine_unavailable', why, { engine: 'webgpu', ...obstacle }, { cause })
  const need = <Module>(name: string): Module => {
    try {
      return require(name) as Module
    } catch (cause) {
      const obstacle = { obstacle: 'missing_package' satisfies EngineObstacle, package: name }
      throw unavailable(`not part of this installation (the package ${name} is missing)`, obstacle, cause)
    }
  }
  const dawn = need<{
    create: (options: readonly string[]) => { requestAdapter: () => Promise<unknown> }
    globals: object
  }>('webgpu')
  const gpu = dawn.create([])
  if ((await gpu.requestAdapter()) === null) {
    const obstacle = { obstacle: 'no_graphics_card' satisfies EngineObstacle }
    throw unavailable('no graphics card that WebGPU can use', obstacle)
  }
  Object.assign(globalThis, dawn.globals)
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'flawsmith' }, configurable: true })
  const tf = require('@tensorflow/tfjs') as TensorFlow
  const { version_webgpu: version } = need<{ version_webgpu?: string }>('@tensorflow/tfjs-backend-webgpu')
  await tf.setBackend('webgpu')
  await tf.ready()
  return {
    name: 'webgpu',
    tf,
    arithmetic: composeArithmetic(tf),
    versions: { tfjs: tf.version.tfjs, 'tfjs-backend-webgpu': version ?? '', node: process.versions.node },
    createParameter: (spec, values) => new KeptParameter(tf, spec, values),
  }
}
