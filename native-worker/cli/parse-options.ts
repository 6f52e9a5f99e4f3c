import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import * as v from 'valibot'
import type { RunId } from '../../contract/ids.ts'
import type { RunToStartFrom } from '../../contract/run-origin.ts'
import { TrainingHours } from '../../contract/schedule.ts'

/** Parsers for commander, which names the option and the value before what they say: a wrong value is a usage error (exit 2). */
export const wholeNumber = wholeNumberFrom(0)

/** @param most without an upper bound if left out */
export function wholeNumberFrom(least: number, most?: number): (value: string) => number {
  return (value) => {
    const parsed = numberIn(value)
    if (Number.isSafeInteger(parsed) && parsed >= least && parsed <= (most ?? Infinity)) return parsed
    throw new InvalidArgumentError(
      most === undefined
        ? `It takes a whole number, ${least} or more.`
        : `It takes a whole number from ${least} to ${most}.`,
    )
  }
}

/** NaN for what is empty, too, which Number takes for 0. */
const numberIn = (value: string): number => (value.trim() === '' ? Number.NaN : Number(value))

/** A folder to write: an empty one would be the folder the command runs in. */
export function folderName(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It takes the path of a folder.')
  return value
}

export function recordHash(value: string): string {
  const digits = value.toLowerCase().replaceAll(/\s/g, '')
  if (!/^[0-9a-f]{16,64}$/.test(digits)) throw new InvalidArgumentError('It takes 16 to 64 hexadecimal digits.')
  return digits
}

export function positiveNumber(value: string): number {
  const parsed = numberIn(value)
  if (!Number.isFinite(parsed) || parsed <= 0) throw new InvalidArgumentError('It takes a number above 0.')
  return parsed
}

export function share(value: string): number {
  const parsed = numberIn(value)
  if (!Number.isFinite(parsed) || parsed < 0 || parsed > 0.5)
    throw new InvalidArgumentError('It takes a number from 0 to 0.5.')
  return parsed
}

/** "18:00-06:00"; may cross midnight. */
export function trainingHours(value: string): TrainingHours {
  const [from, to, ...rest] = value.split('-').map((time) => time.trim().padStart(5, '0'))
  const checked = v.safeParse(TrainingHours, { from, to })
  if (checked.success && rest.length === 0) return checked.output
  throw new InvalidArgumentError('It takes two different times such as 18:00-06:00.')
}

export function exportTarget(value: string): 'max' | 'none' | number {
  if (value === 'max' || value === 'none') return value
  const parsed = numberIn(value)
  // 0 is a number that the service refuses with its reason.
  if (Number.isSafeInteger(parsed) && parsed >= 0) return parsed
  throw new InvalidArgumentError('It takes “max”, “none” or a whole number, 1 or more.')
}

/** Collects `name=value` pairs; numbers and booleans become themselves. */
export function parameter(
  pair: string,
  before: Readonly<Record<string, number | boolean | string>> = {},
): Record<string, number | boolean | string> {
  const at = pair.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It takes name=value.')
  const text = pair.slice(at + 1)
  const isNumber = text !== '' && Number.isFinite(Number(text))
  const value = text === 'true' ? true : text === 'false' ? false : isNumber ? Number(text) : text
  return { ...before, [pair.slice(0, at)]: value }
}

/** What comes with Flawsmith, nothing, or a run of a project. */
export type Base = 'surfaces' | 'none' | RunToStartFrom

/**
 * “surfaces”, “none”, or a project's folder with the number of a run behind a colon. Behind the colon of a drive there is the rest of a
 * path; any other word there was meant for a run, unless a folder is called so.
 */
export function base(value: string): Base {
  if (value === 'surfaces' || value === 'none') return value
  const [, folder = '', run] = /^(.*?)(?::(\d+))?$/s.exec(value) ?? []
  const runId = Number(run)
  const isMeantForRun = run === undefined && /:[^/\\]*$/.test(value) && !existsSync(value)
  if (!isMeantForRun && folder.trim() !== '' && (run === undefined || runId > 0))
    return { folder: resolve(folder), ...(run === undefined ? {} : { runId: runId as RunId }) }
  throw new InvalidArgumentError(
    'It takes “surfaces”, “none”, the folder of a project, or that with the number of one of its runs: PROJECT:RUN.',
  )
}
