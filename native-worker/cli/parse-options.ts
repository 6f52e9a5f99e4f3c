import { InvalidArgumentError } from 'commander'
import * as v from 'valibot'
import { TrainingHours } from '../../contract/schedule.ts'

/** Parsers for commander: a wrong value is a usage error (exit 2) that names it. */
export function wholeNumber(value: string): number {
  const parsed = Number(value)
  if (!Number.isSafeInteger(parsed) || parsed < 0) throw new InvalidArgumentError(`“${value}” is not a whole number.`)
  return parsed
}

export function recordHash(value: string): string {
  const digits = value.toLowerCase().replaceAll(/\s/g, '')
  if (!/^[0-9a-f]{16,64}$/.test(digits))
    throw new InvalidArgumentError(`“${value}” is not 16 to 64 hexadecimal digits.`)
  return digits
}

export function positiveNumber(value: string): number {
  const parsed = Number(value)
  if (!Number.isFinite(parsed) || parsed <= 0) throw new InvalidArgumentError(`“${value}” is not a positive number.`)
  return parsed
}

export function share(value: string): number {
  const parsed = Number(value)
  if (!Number.isFinite(parsed) || parsed < 0 || parsed > 0.5)
    throw new InvalidArgumentError(`“${value}” is not between 0 and 0.5.`)
  return parsed
}

/** "18:00-06:00"; may cross midnight. */
export function trainingHours(value: string): TrainingHours {
  const [from, to, ...rest] = value.split('-').map((time) => time.trim().padStart(5, '0'))
  const checked = v.safeParse(TrainingHours, { from, to })
  if (checked.success && rest.length === 0) return checked.output
  throw new InvalidArgumentError(`“${value}” is not two different times such as 18:00-06:00.`)
}

export const maxOrNumber = (value: string): 'max' | number => (value === 'max' ? 'max' : wholeNumber(value))

/** Collects `name=value` pairs; numbers and booleans become themselves. */
export function parameter(
  pair: string,
  before: Readonly<Record<string, number | boolean | string>> = {},
): Record<string, number | boolean | string> {
  const at = pair.indexOf('=')
  if (at < 1) throw new InvalidArgumentError(`“${pair}” is not name=value.`)
  const text = pair.slice(at + 1)
  const isNumber = text !== '' && Number.isFinite(Number(text))
  const value = text === 'true' ? true : text === 'false' ? false : isNumber ? Number(text) : text
  return { ...before, [pair.slice(0, at)]: value }
}
