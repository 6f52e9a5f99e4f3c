import type { ErrorDetails } from '../../contract/errors.ts'
import type { JobKind } from '../../contract/jobs.ts'
import { readRefusedInput } from '../../contract/refused-input.ts'
import { baseDifferenceText } from './base-difference-text.ts'
import { en } from './en.ts'
import { formatNumber, formatSize } from './format.svelte.ts'
import { obstacleText } from './obstacle-text.ts'
import { t } from './translate.svelte.ts'

type DetailKey = Extract<keyof typeof en, `detail.${string}`>

type JobKey = Extract<keyof typeof en, `job.${JobKind}`>

const isDetailKey = (key: string): key is DetailKey => key in en
const isJobKey = (key: string): key is JobKey => key in en

/**
 * The values of a failure with translated names; names we have no word for keep their own. Lists are for programs; what was refused is
 * in the sentence: `errorText`.
 */
export function detailRows(details: ErrorDetails): readonly { readonly label: string; readonly value: string }[] {
  if (readRefusedInput(details) !== null || baseDifferenceText(details) !== null) return []
  return Object.entries(details).flatMap(([name, value]) => {
    if (value === null || value === '' || typeof value === 'object') return []
    const key = `detail.${name}`
    return { label: isDetailKey(key) ? t(key) : name, value: textOf(details, name) ?? formatValue(name, value) }
  })
}

/** Of values that have words; null for others. */
function textOf(details: ErrorDetails, name: string): string | null {
  if (name === 'obstacle') return obstacleText(details)
  const { job } = details
  const key = `job.${typeof job === 'string' ? job : ''}`
  return name === 'job' && isJobKey(key) ? t(key) : null
}

function formatValue(name: string, value: string | number | boolean): string {
  if (typeof value !== 'number') return String(value)
  return name.endsWith('Bytes') ? formatSize(value) : formatNumber(value)
}
