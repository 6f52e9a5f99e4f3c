import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import type { ErrorDetails } from '../../../contract/errors.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
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

const hasPackage = (name: string): boolean => {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return false
    throw thrown
  }
}

it('the native engine says that it is not installed', async () => {
  expect(await refusalOf('tensorflow')).toEqual({ engine: 'tensorflow', obstacle: 'not_installed' })
})

it.skipIf(hasPackage('webgpu'))('webgpu names the package that is missing', async () => {
  expect(await refusalOf('webgpu')).toEqual({ engine: 'webgpu', obstacle: 'missing_package', package: 'webgpu' })
})

it.skipIf(process.platform !== 'linux' || existsSync('/dev/nvidia0'))('cuda says that there is no card', async () => {
  expect(await refusalOf('cuda')).toEqual({ engine: 'cuda', obstacle: 'no_nvidia_card' })
})
