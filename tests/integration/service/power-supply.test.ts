import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPowerSource } from '../../../native-worker/service/schedule/power-supply.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

type Supply = Readonly<Record<string, string>>

function machine(supplies: Readonly<Record<string, Supply>>): string {
  const folder = temporaryFolder()
  for (const [name, properties] of Object.entries(supplies)) {
    mkdirSync(join(folder, name))
    for (const [property, value] of Object.entries(properties)) {
      writeFileSync(join(folder, name, property), `${value}\n`)
    }
  }
  return folder
}

const adapter = (online: string): Supply => ({ type: 'Mains', online })
const battery = (status: string, more: Supply = {}): Supply => ({ type: 'Battery', present: '1', status, ...more })

test.each([
  ['a laptop on its adapter', { AC: adapter('1'), BAT0: battery('Charging') }, 'mains'],
  ['a laptop unplugged', { AC: adapter('0'), BAT0: battery('Discharging') }, 'battery'],
  ['a weak charger', { UCSI: { type: 'USB', online: '1' }, BAT0: battery('Discharging') }, 'mains'],
  [
    'two batteries, one in use',
    { AC: adapter('0'), BAT0: battery('Unknown'), BAT1: battery('Discharging') },
    'battery',
  ],
  ['no adapter is listed', { BAT0: battery('Full') }, 'mains'],
  ['no adapter, in use', { BAT0: battery('Discharging') }, 'battery'],
  ['a battery that does not tell', { BAT0: battery('Unknown') }, 'unknown'],
  ['unplugged, a battery that does not tell', { AC: adapter('0'), BAT0: battery('Unknown') }, 'battery'],
  ['a desktop', {}, 'mains'],
  ['a desktop with a mouse', { mouse: battery('Discharging', { scope: 'Device' }) }, 'mains'],
  ['an empty battery bay', { AC: adapter('1'), BAT0: { type: 'Battery', present: '0' } }, 'mains'],
  ['an uninterruptible supply in use', { ups: { type: 'UPS', status: 'Discharging' } }, 'battery'],
] as const)('%s', (_, supplies, source) => {
  expect(readPowerSource(machine(supplies))).toBe(source)
})

test('unknown where the kernel has no such folder', () => {
  expect(readPowerSource(join(temporaryFolder(), 'none'))).toBe('unknown')
})
