import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { EngineObstacle } from '../../../../contract/engines.ts'
import type { ErrorDetails } from '../../../../contract/errors.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { Engine } from '../engine.ts'
import { loadNativeEngine } from '../tensorflow/load-tensorflow-engine.ts'

/**
 * An NVIDIA card, through a `@tensorflow/tfjs-node-gpu` whose own addon is installed (it is not by default: its install
 * script is off). Written against its documentation; no card was at hand to try it, so the probe decides.
 * @throws FlawsmithError `engine_unavailable`
 */
export async function loadCudaEngine(): Promise<Engine> {
  const unavailable = (obstacle: EngineObstacle, why: string, values: ErrorDetails = {}): FlawsmithError =>
    new FlawsmithError('engine_unavailable', why, { engine: 'cuda', obstacle, ...values })
  if (process.platform !== 'linux' && process.platform !== 'win32')
    throw unavailable('unsupported_platform', 'NVIDIA cards are used on Linux and Windows only')
  if (process.platform === 'linux' && !existsSync('/dev/nvidia0'))
    throw unavailable('no_nvidia_card', 'no NVIDIA card found (there is no /dev/nvidia0)')
  const addon = join(
    dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json')),
    'lib/napi-v8/tfjs_binding.node',
  )
  if (!existsSync(addon)) {
    throw unavailable(
      'no_addon',
      `a card may be there, but tfjs-node-gpu has no addon at ${addon}; run its install script with CUDA present`,
      { addon },
    )
  }
  // Without it TensorFlow takes all of the card's memory at once.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] = 'true'
  const engine = await loadNativeEngine('cuda', { addon, versions: { addon: 'tfjs-node-gpu' } })
  const backend = engine.tf.backend() as unknown as { isUsingGpuDevice: boolean }
  if (!backend.isUsingGpuDevice)
    throw unavailable('no_driver', 'TensorFlow loads but finds no usable NVIDIA card (driver or CUDA missing)')
  return engine
}
