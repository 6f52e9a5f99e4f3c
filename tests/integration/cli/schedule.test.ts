import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import type { CommandResult, RunningCommand } from '../../helpers/run-flawsmith.ts'
import { startFlawsmith } from '../../helpers/run-flawsmith.ts'

let folder: string
let project: string

const start = (...args: readonly string[]): RunningCommand =>
  startFlawsmith([...args, '--json'], { dataFolder: join(folder, 'data') })
const flawsmith = (...args: readonly string[]): Promise<CommandResult> => start(...args).result
const acgan = ['--recipe', 'acgan', '--param', 'batch=8', '--engine', 'wasm', '--steps', '2']

/** What the kernel of an unplugged, or plugged, laptop says. */
function plug(online: boolean): void {
  const write = (supply: string, properties: Readonly<Record<string, string>>): void => {
    mkdirSync(join(folder, 'power', supply), { recursive: true })
    for (const [name, value] of Object.entries(properties)) writeFileSync(join(folder, 'power', supply, name), value)
  }
  write('AC', { type: 'Mains', online: online ? '1' : '0' })
  write('BAT0', { type: 'Battery', status: online ? 'Charging' : 'Discharging' })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flawsmith-schedule-'))
  process.env['FLAWSMITH_POWER_SUPPLY'] = join(folder, 'power')
  project = join(folder, 'project')
  await drawClassFolders(join(folder, 'images'), { good: 12, scratch: 5 })
  await flawsmith('init', project, '--size', '16', '--channels', '1')
  await flawsmith('import', project, join(folder, 'images'), '--fit', 'crop')
})

afterAll(async () => {
  delete process.env['FLAWSMITH_POWER_SUPPLY']
  await rm(folder, { recursive: true, force: true })
})

it('train waits for mains power, killed or not, and goes on when it is back', { timeout: 90_000 }, async () => {
  plug(false)
  const killed = start('train', project, ...acgan, '--only-on-mains')
  await killed.sawLine(/Run 1 waits until mains power is back: this machine runs on battery\./)
  killed.kill('SIGKILL')
  await killed.result
  expect((await flawsmith('runs', project)).json()).toMatchObject([{ id: 1, status: 'queued', waitsFor: 'mains' }])

  const waiting = start('train', project, '--resume', '1', '--only-on-mains')
  await waiting.sawLine(/Run 1 waits until mains power is back/)
  plug(true)
  const { code, json } = await waiting.result
  expect(code).toBe(0)
  expect(json()).toMatchObject({ run: 1, steps: 2, status: 'finished' })
})

it('train waits for its hours; Ctrl-C ends the wait', { timeout: 60_000 }, async () => {
  const clock = (hours: number): string =>
    new Date(Date.now() + hours * 3_600_000).toLocaleTimeString('sv-SE').slice(0, 5)
  const waiting = start('train', project, ...acgan, '--hours', `${clock(2)}-${clock(3)}`)
  await waiting.sawLine(new RegExp(`waits until \\d{4}-\\d\\d-\\d\\d ${clock(2)}: it trains between`))
  waiting.kill('SIGINT')
  const { code, json } = await waiting.result
  expect(code).toBe(0)
  expect(json()).toMatchObject({ steps: 0, status: 'stopped' })
})

it('refuses hours that are none', async () => {
  for (const hours of ['18:00-18:00', '18:00', '25:00-06:00', 'night']) {
    const { code, stderr } = await flawsmith('train', project, ...acgan, '--hours', hours)
    expect(code).toBe(2)
    expect(stderr).toContain(hours)
  }
})
