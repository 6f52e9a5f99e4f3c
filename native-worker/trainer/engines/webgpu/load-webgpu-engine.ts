import { createRequire } from 'node:module'
import { composeArithmetic } from '../composed-arithmetic.ts'
import type { Engine, TensorFlow } from '../engine.ts'
import { KeptParameter } from '../kept-parameter.ts'
import { DawnTurns } from './dawn-turns.ts'
import type { DispatchTools, ProgramRunner } from './elementwise-program.ts'
import { openDawn, requireWebgpuPackage } from './open-dawn.ts'
import { readSynchronously } from './read-synchronously.ts'
import type { WebgpuBackend } from './webgpu-backend.ts'
import { webgpuUpdates } from './webgpu-updates.ts'

/**
 * Any maker's graphics card through WebGPU (Dawn), in plain Node. Both packages are optional parts of an installation.
 * @throws FlawsmithError `engine_unavailable` with what is missing
 */
export async function loadWebgpuEngine(): Promise<Engine> {
  const turns = new DawnTurns()
  const card = await openDawn()
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as TensorFlow
  const { webgpu_util: tools } = requireWebgpuPackage<{ webgpu_util: DispatchTools }>('@tensorflow/tfjs-backend-webgpu')
  const { version } = requireWebgpuPackage<{ version: string }>('@tensorflow/tfjs-backend-webgpu/package.json')
  const { version: dawn } = requireWebgpuPackage<{ version: string }>('webgpu/package.json')
  await tf.setBackend('webgpu')
  await tf.ready()
  const backend = tf.backend() as unknown as WebgpuBackend & ProgramRunner
  backend.readSync = readSynchronously(backend, turns)
  return {
    name: 'webgpu',
    tf,
    arithmetic: { ...composeArithmetic(tf), ...webgpuUpdates(tf, { backend, tools }) },
    versions: { tfjs: tf.version.tfjs, 'tfjs-backend-webgpu': version, dawn, card, node: process.versions.node },
    createParameter: (spec, values) => new KeptParameter(tf, spec, values),
  }
}
