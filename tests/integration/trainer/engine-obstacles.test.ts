import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { ErrorDetails } from '../../../contract/errors.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { requireWebgpuPackage } from '../../../native-worker/trainer/engines/webgpu/open-dawn.ts'
import type { EngineName } from '../../../contract/engines.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

async function refusalOf(name: EngineName): Promise<ErrorDetails> {
  try {
    await loadEngine(name, { cacheFolder: temporaryFolder() })
  } catch (thrown) {
    if (thrown instanceof FlawsmithError && thrown.code === 'engine_unavailable') return thrown.details
    throw thrown
  }
  throw new Error(`${name} loads here`)
}

it('the native engine says that it is not installed', async () => {
  expect(await refusalOf('tensorflow')).toEqual({ engine: 'tensorflow', obstacle: 'not_installed' })
})

it('webgpu names the package that is missing, which an installation need not have', () => {
  const load = (): unknown => requireWebgpuPackage('webgpu-of-another-installation')
  expect(load).toThrow(FlawsmithError)
  try {
    load()
  } catch (thrown) {
    expect(thrown).toMatchObject({
      code: 'engine_unavailable',
      details: { engine: 'webgpu', obstacle: 'missing_package', package: 'webgpu-of-another-installation' },
    })
  }
})

it.skipIf(process.platform !== 'linux' || existsSync('/dev/nvidia0'))('cuda says that there is no card', async () => {
  expect(await refusalOf('cuda')).toEqual({ engine: 'cuda', obstacle: 'no_nvidia_card' })
})
