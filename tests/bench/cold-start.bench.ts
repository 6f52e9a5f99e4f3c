import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright'
import { median, printBenchLine } from '../helpers/bench-line.ts'

/*
 * From the start of the process to a window that answers: the whole app with its service, against a bare Electron
 * window with one button. Each in turn, each with an empty profile.
 */

const rounds = 7
const projectRoot = join(import.meta.dirname, '../..')
const root = await mkdtemp(join(tmpdir(), 'flawsmith-bench-'))
const executablePath = process.env['FLAWSMITH_ELECTRON']
if (executablePath === undefined)
  throw new Error('FLAWSMITH_ELECTRON is not set: run this with `npm run bench -- cold-start`')

async function writeBareApp(): Promise<string> {
  const folder = join(root, 'bare')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.cjs' }))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>bare</title><button>New project…</button>')
  await writeFile(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron')
app.setPath('userData', process.env.FLAWSMITH_DATA)
app.whenReady().then(() => new BrowserWindow({ width: 1360, height: 860 }).loadFile('index.html'))
`,
  )
  return folder
}

/** Milliseconds until the first button of the page takes a click. */
async function timeStart(appFolder: string): Promise<number> {
  const dataFolder = await mkdtemp(join(root, 'data-'))
  const began = performance.now()
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const app = await _electron.launch({
    executablePath: executablePath ?? '',
    args: [appFolder, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--lang=en-US'],
    env: { ...Object.fromEntries(inherited), LANGUAGE: 'en_US', FLAWSMITH_DATA: dataFolder },
  })
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'New project…' }).click({ trial: true })
  const elapsedMs = performance.now() - began
  await app.close()
  return elapsedMs
}

try {
  const bare = await writeBareApp()
  const times = { ours: [] as number[], peer: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    times.peer.push(await timeStart(bare))
    times.ours.push(await timeStart(projectRoot))
  }
  printBenchLine({
    bench: 'cold start to interactive',
    ours: median(times.ours),
    peer: median(times.peer),
    peerName: 'bare Electron window',
    unit: 'ms (lower is better)',
  })
} finally {
  await rm(root, { recursive: true, force: true })
}
