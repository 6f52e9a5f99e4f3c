import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { expect, test } from 'vitest'
import type { EngineReport } from '../../../../contract/engines.ts'
import { Engines } from '../../../../native-worker/service/children/engines.ts'
import { findComputeRuntime } from '../../../../native-worker/service/children/compute-runtime.ts'
import { Warnings } from '../../../../native-worker/service/warnings.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const wasm: EngineReport = {
  name: 'wasm',
  state: 'ready',
  version: '4.22.0',
  stepMs: 12,
  maxError: 1e-6,
  detail: '',
  failure: null,
  chosen: true,
}

/** Engines whose probes end at once, so that a probe shows by its answer. */
function setUp() {
  const cacheFolder = join(temporaryFolder(), 'cache')
  mkdirSync(cacheFolder, { recursive: true })
  const trainerEntry = join(cacheFolder, 'dead.mjs')
  writeFileSync(trainerEntry, 'process.exit(3)')
  const engines = new Engines({
    cacheFolder,
    runtime: { ...findComputeRuntime(cacheFolder), trainerEntry },
    version: '0.0.0-test',
    log: pino({ level: 'silent' }),
    warnings: new Warnings(),
  })
  return { engines, file: join(cacheFolder, 'engine-probes.json') }
}

test('stored probes are remembered; those that cannot be right are made again', async () => {
  const { engines, file } = setUp()
  const probed = await engines.list()
  expect(new Set(probed.map(({ state }) => state))).toEqual(new Set(['crashed']))
  const stored = JSON.parse(readFileSync(file, 'utf8')) as { readonly key: string }
  writeFileSync(file, JSON.stringify({ ...stored, reports: [wasm] }))
  expect(await engines.list()).toEqual([wasm])
  for (const reports of [[{ ...wasm, name: '../../evil' }], [{ ...wasm, stepMs: 'fast' }], 'none', [null]]) {
    writeFileSync(file, JSON.stringify({ ...stored, reports }))
    expect(await engines.list()).toEqual(probed)
  }
})
