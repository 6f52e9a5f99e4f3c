import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fuses, findWrongFuses } from '../../build/packaging/fuses.ts'
import { formatSizes, measurePackage } from '../../build/packaging/measure-package.ts'
import { runPackaged } from '../../build/packaging/run-packaged.ts'
import { smokeTestElsewhere, smokeTestTimeoutMs } from '../../build/packaging/smoke-test-elsewhere.ts'
import { resolveRuntime } from '../../build/runtime/resolve-runtime.ts'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { builtPackage, smokeTestParts } from '../helpers/built-package.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const { app, version } = builtPackage()
const compiler = (await runCommand('g++', ['--version'])).code === 0
const runtime = await resolveRuntime({ quiet: true })

describe('the packaged app', () => {
  it('does a whole job in a foreign folder, without this repository and without Node on the path', async () => {
    const lines = (await smokeTestElsewhere(app)).split('\n')
    expect(lines[0]).toBe(`Flawsmith ${version} on Electron ${runtime.version}`)
    expect(lines.slice(1).map((line) => line.split(':')[0])).toEqual([...smokeTestParts, 'ok'])
  }, 400_000)

  it('says in its version when its Electron is not the declared one', () => {
    expect(version.endsWith(`-fallback-electron-${runtime.version}`)).toBe(!runtime.isDeclared)
  })

  it('has every fuse set, which the Electron it was made from has not', async () => {
    expect(await findWrongFuses(app.fuses)).toEqual([])
    expect(await findWrongFuses(runtime.electronPath)).toContain('runAsNode')
    expect(Object.keys(fuses)).toHaveLength(7)
  })

  it('obeys no variable that would make it run something else', async () => {
    const folder = temporaryFolder()
    const witness = join(folder, 'witness')
    const script = join(folder, 'script.cjs')
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(witness)}, '')`)
    const env = {
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: `--require ${script}`,
      FLAWSMITH_NODE: '/nowhere/node',
      FLAWSMITH_SQLITE_BINDING: '/nowhere/sqlite.node',
    }
    const { code, stdout } = await runPackaged(app.executable, ['--smoke-test'], {
      timeoutMs: smokeTestTimeoutMs,
      env,
    })
    expect(stdout.trim().split('\n').at(-1)).toBe('ok')
    expect(code).toBe(0)
    expect(existsSync(witness)).toBe(false)
  }, 400_000)

  it.runIf(compiler)('carries the headers that the native engine is compiled against', async () => {
    const file = join(temporaryFolder(), 'addon.cc')
    writeFileSync(file, '#include <node_api.h>\n')
    const { code, stderr } = await runCommand('g++', ['-fsyntax-only', `-I${app.resources}/node/include/node`, file])
    expect(code, stderr).toBe(0)
  })

  it('carries none of what it does not need', async () => {
    const sizes = await measurePackage(app)
    process.stderr.write(`${formatSizes(sizes).join('\n')}\n`)
    expect(sizes.get('training (TensorFlow.js and its packages)')).toBeLessThan(25e6)
    expect(sizes.get('graphics cards (Dawn)') ?? 0).toBeLessThan(30e6)
    expect(sizes.get('the app itself')).toBeLessThan(10e6)
    expect(sizes.get('database (SQLite)')).toBeLessThan(4e6)
  })
})
