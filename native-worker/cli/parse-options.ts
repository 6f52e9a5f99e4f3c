import { InvalidArgumentError } from 'commander'

/** Parsers for commander: a wrong value is a usage error (exit 2) that names it. */
export function wholeNumber(value: string): number {
  const parsed = Number(value)
  if (!Number.isSafeInteger(parsed) || parsed < 0) throw new InvalidArgumentError(`“${value}” is not a whole number.`)
  return parsed
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
