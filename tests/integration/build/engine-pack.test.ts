import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { checkAddon } from '../../../native-worker/trainer/engines/tensorflow/installation/check-addon.ts'
import { checkWheel } from '../../../native-worker/trainer/engines/tensorflow/installation/download-wheel.ts'
import { recordFiles } from '../../../native-worker/trainer/engines/tensorflow/installation/file-records.ts'
import { findTensorflowPack } from '../../../native-worker/trainer/engines/tensorflow/installation/find-tensorflow-pack.ts'
import { installTensorflowPack } from '../../../native-worker/trainer/engines/tensorflow/installation/install-tensorflow-pack.ts'
import { packBlockers } from '../../../native-worker/trainer/engines/tensorflow/installation/pack-blockers.ts'
import {
  addonName,
  packFolder,
  tensorflowVersion,
} from '../../../native-worker/trainer/engines/tensorflow/installation/tensorflow-pack.ts'
import { findTfjsNode } from '../../../native-worker/trainer/engines/tensorflow/installation/tfjs-node-package.ts'
import { appFolders } from '../../../native-worker/files/app-folders.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

afterEach(() => vi.unstubAllEnvs())

const isLinux = process.platform === 'linux' && process.arch === 'x64'
const compiler = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'g++'))
  .find((path) => existsSync(path))
const installed = await findTensorflowPack(appFolders().cache)

const install = (
  cacheFolder: string,
  signal = new AbortController().signal,
): ReturnType<typeof installTensorflowPack> => installTensorflowPack({ cacheFolder, signal, onLine: () => undefined })

describe.runIf(isLinux)('what keeps the native engine from being installed', () => {
  it('is said in one line that names each missing tool', async () => {
    vi.stubEnv('PATH', temporaryFolder())
    const blocker = await packBlockers(temporaryFolder())
    expect(blocker).toContain('needs python3 with pip and g++ (')
    expect(blocker).not.toContain('\n')
  })

  it.runIf(compiler !== undefined)('names only what is missing', async () => {
    const tools = temporaryFolder()
    symlinkSync(compiler ?? '', join(tools, 'g++'))
    vi.stubEnv('PATH', tools)
    expect(await packBlockers(temporaryFolder())).toContain('needs python3 with pip (')
  })

  it('stops an install before it writes anything', async () => {
    vi.stubEnv('PATH', temporaryFolder())
    const cache = temporaryFolder()
    expect(await errorCodeOf(() => install(cache))).toBe('engine_install_failed')
    expect(readdirSync(cache)).toEqual([])
  })
})

it.runIf(isLinux && installed.kind === 'found')('a cancelled install leaves nothing behind', async () => {
  const cache = temporaryFolder()
  await expect(install(cache, AbortSignal.abort())).rejects.toThrow('aborted')
  expect(readdirSync(join(cache, 'engines'))).toEqual([])
})

it('a wheel with another hash is refused', async () => {
  const file = join(temporaryFolder(), 'tensorflow.whl')
  writeFileSync(file, 'something else')
  expect(await errorCodeOf(() => checkWheel(file))).toBe('engine_install_failed')
})

describe('findTensorflowPack', () => {
  async function cacheWithPack({ tfjsNode }: { tfjsNode?: string } = {}): Promise<{ cache: string; addon: string }> {
    const cache = temporaryFolder()
    const folder = packFolder(cache)
    mkdirSync(folder, { recursive: true })
    const addon = join(folder, addonName)
    writeFileSync(addon, 'native code')
    const files = await recordFiles(folder, [addonName])
    const { version } = await findTfjsNode()
    const record = { kind: 'tensorflow', tensorflow: tensorflowVersion, tfjsNode: tfjsNode ?? version, files }
    writeFileSync(join(folder, 'pack.json'), JSON.stringify(record))
    return { cache, addon }
  }

  it('finds an installed pack, also one whose files were copied', async () => {
    const { cache, addon } = await cacheWithPack()
    expect(await findTensorflowPack(cache)).toMatchObject({ kind: 'found', addon, tensorflow: tensorflowVersion })
    utimesSync(addon, new Date(0), new Date(0))
    expect(await findTensorflowPack(cache)).toMatchObject({ kind: 'found', addon })
  })

  it('says how to get one where there is none', async () => {
    const found = await findTensorflowPack(temporaryFolder())
    expect(found).toEqual({
      kind: 'missing',
      reason: 'not installed; run `flawsmith engines install`',
      details: { obstacle: 'not_installed' },
    })
  })

  it.each(['native CODE', 'cut', ''])('refuses an addon that was changed to "%s"', async (text) => {
    const { cache, addon } = await cacheWithPack()
    writeFileSync(addon, text)
    // The length alone gives a cut file away; an equal length needs another time of change, as a real write has.
    utimesSync(addon, new Date(), new Date(Date.now() + 5000))
    const found = await findTensorflowPack(cache)
    expect(found.kind === 'missing' && found.reason).toContain(`${addonName} is not the installed file`)
  })

  it('refuses a pack that was built for another tfjs-node', async () => {
    const { cache } = await cacheWithPack({ tfjsNode: '4.21.0' })
    const found = await findTensorflowPack(cache)
    expect(found.kind === 'missing' && found.reason).toContain('built for tfjs-node 4.21.0')
  })

  it('takes a half-written record for no pack', async () => {
    const { cache } = await cacheWithPack()
    writeFileSync(join(packFolder(cache), 'pack.json'), '{"kind": "tenso')
    expect((await findTensorflowPack(cache)).kind).toBe('missing')
  })
})

describe.runIf(installed.kind === 'found')('the installed pack', () => {
  const addon = installed.kind === 'found' ? installed.addon : ''

  it('loads and reports the library it was built against', async () => {
    await expect(checkAddon(addon, { nodePath: process.execPath, version: tensorflowVersion })).resolves.toBeUndefined()
  })

  it('is refused when its library is of another version', async () => {
    const checking = checkAddon(addon, { nodePath: process.execPath, version: '2.9.1' })
    await expect(checking).rejects.toThrow(`version ${tensorflowVersion}`)
  })
})
