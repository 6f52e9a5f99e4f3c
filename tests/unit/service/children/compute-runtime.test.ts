import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findComputeRuntime } from '../../../../native-worker/service/children/compute-runtime.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const named = '/somebody/elses/node'
const executable = process.platform === 'win32' ? 'node.exe' : 'node'

beforeEach(() => {
  vi.stubEnv('FLAWSMITH_NODE', named)
})
afterEach(() => vi.unstubAllEnvs())

describe('the Node of the compute children', () => {
  it('is the one an installed app carries, whatever FLAWSMITH_NODE names', () => {
    const resources = temporaryFolder()
    const carried = join(resources, 'node', executable)
    mkdirSync(dirname(carried))
    writeFileSync(carried, '')
    expect(findComputeRuntime(join(resources, 'app.asar/out/main')).nodePath).toBe(carried)
  })

  it('is missed with a code where an installation lost it', async () => {
    const entryFolder = join(temporaryFolder(), 'app.asar/out/main')
    expect(await errorCodeOf(() => findComputeRuntime(entryFolder))).toBe('engine_unavailable')
  })

  it('may be named in the repository', () => {
    expect(findComputeRuntime(join(temporaryFolder(), 'out/main')).nodePath).toBe(named)
  })
})
