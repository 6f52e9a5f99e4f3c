import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { resolveRuntime, runtimeEnvironment } from '../../../build/runtime/resolve-runtime.ts'
import { projectRoot } from '../../../build/setup/project-root.ts'
import { onScreen, sandboxFlags } from '../../../build/setup/screen.ts'
import { runCommand } from '../../../native-worker/files/run-command.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

afterEach(() => vi.unstubAllEnvs())

/** Nobody else ends an app that hangs: stopping the virtual screen's wrapper leaves it running. */
const deadline = `setTimeout(() => process.exit(3), 50_000)\n`

const windowApp = `${deadline}import { app, BrowserWindow } from 'electron'
// A module that waits for ready would wait for ever: ready comes after the module.
app.whenReady().then(async () => {
const window = new BrowserWindow({ show: true })
await window.loadURL('data:text/html,<title>ready</title>')
const webgl = await window.webContents.executeJavaScript("document.createElement('canvas').getContext('webgl2') !== null")
console.log(JSON.stringify({
  name: app.name, version: app.getVersion(), electron: process.versions.electron, path: app.getAppPath(),
  title: window.getTitle(), webgl, rest: process.argv.slice(-1),
}))
app.exit(0)
})
`

const serviceApp = `${deadline}import { app, utilityProcess } from 'electron'
import { join } from 'node:path'
app.whenReady().then(() => {
  const child = utilityProcess.fork(join(app.getAppPath(), 'service.cjs'))
  child.once('message', (message) => {
    console.log(JSON.stringify(message))
    app.exit(0)
  })
})
`

const service = `const Database = require(${JSON.stringify(join(projectRoot, 'node_modules/better-sqlite3'))})
const nativeBinding = process.env.FLAWSMITH_SQLITE_BINDING
const db = new Database(':memory:', nativeBinding === undefined ? {} : { nativeBinding })
db.exec('CREATE TABLE classes (name TEXT NOT NULL) STRICT')
const insert = db.prepare('INSERT INTO classes VALUES (?)')
for (let i = 0; i < 5000; i++) insert.run('class ' + i)
process.parentPort.postMessage({ count: db.prepare('SELECT count(*) FROM classes').pluck().get() })
`

function appFolder(main: string): string {
  const folder = join(temporaryFolder(), 'an app')
  mkdirSync(folder)
  const manifest = { name: 'window-test', version: '3.2.1', type: 'module', main: 'main.js' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'main.js'), main)
  writeFileSync(join(folder, 'service.cjs'), service)
  return folder
}

async function runApp(folder: string): Promise<unknown> {
  const runtime = await resolveRuntime({ quiet: true })
  const data = `--user-data-dir=${join(folder, 'data')}`
  const [command, ...args] = onScreen([runtime.electronPath, folder, ...sandboxFlags(), data, 'last'])
  const { code, stdout, stderr } = await runCommand(command, args, {
    env: { ...process.env, ...runtimeEnvironment(runtime) },
    timeoutMs: 60_000,
  })
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

it('gives a real Electron that opens a window for the app named on its command line', async () => {
  const folder = appFolder(windowApp)
  const { version } = await resolveRuntime({ quiet: true })
  expect(await runApp(folder)).toEqual({
    name: 'window-test',
    version: '3.2.1',
    electron: version,
    path: folder,
    title: 'ready',
    webgl: true,
    rest: ['last'],
  })
}, 90_000)

it('gives a better-sqlite3 that works in its utility process', async () => {
  expect(await runApp(appFolder(serviceApp))).toEqual({ count: 5000 })
}, 90_000)

it('takes the Electron named by FLAWSMITH_ELECTRON before any other', async () => {
  const { electronPath } = await resolveRuntime({ quiet: true })
  vi.stubEnv('FLAWSMITH_ELECTRON', electronPath)
  const resolved = await resolveRuntime({ quiet: true })
  expect(resolved).toMatchObject({ electronPath, reason: 'named by FLAWSMITH_ELECTRON' })
})

it('names the file when the explicit Electron is not one', async () => {
  vi.stubEnv('FLAWSMITH_ELECTRON', '/nowhere/electron')
  await expect(resolveRuntime({ quiet: true })).rejects.toThrow('/nowhere/electron does not start')
  vi.stubEnv('FLAWSMITH_ELECTRON', process.execPath)
  await expect(resolveRuntime({ quiet: true })).rejects.toThrow(`${process.execPath} is not an Electron`)
})
