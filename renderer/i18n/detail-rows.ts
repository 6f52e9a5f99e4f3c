import type { ErrorDetails } from '../../contract/errors.ts'
import { readRefusedInput } from '../../contract/refused-input.ts'
import { baseDifferenceText } from './base-difference-text.ts'
import { en } from './en.ts'
import { formatNumber, formatSize } from './format.svelte.ts'
import { obstacleText } from './obstacle-text.ts'
import { t } from './translate.svelte.ts'

type DetailKey = Extract<keyof typeof en, `detail.${string}`>

const isDetailKey = (key: string): key is DetailKey => key in en

/**
 * The values of a failure with translated names; names we have no word for keep their own. Lists are for programs; what was refused is
 * in the sentence: `errorText`.
 */
export function detailRows(details: ErrorDetails): readonly { readonly label: string; readonly value: string }[] {
  if (readRefusedInput(details) !== null || baseDifferenceText(details) !== null) return []
  return Object.entries(details).flatMap(([name, value]) => {
    if (value === null || value === '' || typeof value === 'object') return []
    const key = `detail.${name}`
    return {
      label: isDetailKey(key) ? t(key) : name,
      value: name === 'obstacle' ? (obstacleText(details) ?? String(value)) : formatValue(name, value),
    }
  })
}

function formatValue(name: string, value: string | number | boolean): string {
  if (typeof value !== 'number') return String(value)
  return name.endsWith('Bytes') ? formatSize(value) : formatNumber(value)
}
