import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PowerSource } from '../../../contract/schedule.ts'

/*
 * Where the power comes from, asked of the Linux kernel: one folder a supply, one file a property.
 * https://docs.kernel.org/power/power_supply_class.html and Documentation/ABI/testing/sysfs-class-power.
 */

const kernelFolder = process.env['FLAWSMITH_POWER_SUPPLY'] ?? '/sys/class/power_supply'
const lookEveryMs = 2000

/** `unknown` on systems that are not Linux, and where a battery does not say what it does. */
export function readPowerSource(folder: string = kernelFolder): PowerSource {
  const names = namesIn(folder)
  if (names === null) return 'unknown'
  const supplies = names
    .map(
      (name) =>
        (property: string): string =>
          readProperty(join(folder, name, property)),
    )
    // A mouse has a battery, too.
    .filter((read) => read('scope') !== 'Device')
  const stores = supplies.filter((read) => ['Battery', 'UPS'].includes(read('type')) && read('present') !== '0')
  const lines = supplies.filter((read) => !['Battery', 'UPS', ''].includes(read('type')))
  const states = stores.map((read) => read('status'))
  // Weak chargers let the battery sink while they are plugged in: that is mains power still.
  if (stores.length === 0 || lines.some((read) => Number(read('online')) > 0)) return 'mains'
  if (states.includes('Discharging')) return 'battery'
  if (states.some((state) => ['Charging', 'Full', 'Not charging'].includes(state))) return 'mains'
  return lines.length > 0 ? 'battery' : 'unknown'
}

/** Tells the source now and whenever it changes. Returns the function that ends this. */
export function watchPowerSource(onChange: (source: PowerSource) => void): () => void {
  let told = readPowerSource()
  onChange(told)
  const timer = setInterval(() => {
    const source = readPowerSource()
    if (source !== told) onChange((told = source))
  }, lookEveryMs)
  return () => {
    clearInterval(timer)
  }
}

/** Null where there is no such folder. */
function namesIn(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder)
  } catch (thrown) {
    if (isMissing(thrown)) return null
    throw thrown
  }
}

/** Empty where the supply has no such property, was just unplugged, or its driver fails. */
function readProperty(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (thrown) {
    if (isMissing(thrown)) return ''
    throw thrown
  }
}

const isMissing = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  ['ENOENT', 'ENODEV', 'EIO', 'ENODATA', 'EACCES'].includes(String(thrown.code))
