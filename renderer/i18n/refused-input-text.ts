import type { Allowed, RefusedInput } from '../../contract/refused-input.ts'
import { formatNumber } from './format.svelte.ts'
import { t } from './translate.svelte.ts'

/** What a person gave, and what is possible there. */
export function refusedInputText({ field: name, value, length, allowed }: RefusedInput): string {
  const [field, possible] = [t(`field.${name}`), possibleText(allowed)]
  if (length === 0) return t('refused.empty', { field, possible })
  if (length === null && value === '') return t('refused.missing', { field, possible })
  if (length === null || allowed.kind === 'choice')
    return t('refused.value', { field, possible, value: length === null ? asNumber(value) : value })
  const counted = { field, possible, length: formatNumber(length) }
  return allowed.kind === 'list' ? t('refused.list', counted) : t('refused.text', { ...counted, value })
}

function possibleText({ kind, least, most, isWhole, multipleOf, words: taken }: Allowed): string {
  const bounds = boundsText(least, most)
  const words = taken.join(t('refused.orWord'))
  switch (kind) {
    case 'choice':
      return t('refused.can.choice', { words })
    case 'text':
      return t('refused.can.text', { bounds })
    case 'list':
      return t('refused.can.list', { bounds })
    case 'number': {
      const number = t(isWhole ? 'refused.can.whole' : 'refused.can.number', { bounds })
      const possible = multipleOf === null ? number : t('refused.can.multiple', { possible: number, multipleOf })
      return words === '' ? possible : t('refused.can.word', { possible, words })
    }
  }
}

function boundsText(least: number | null, most: number | null): string {
  const [low, high] = [asNumber(least), asNumber(most)]
  if (least !== null && most !== null) return t('refused.between', { least: low, most: high })
  if (least !== null) return t('refused.atLeast', { least: low })
  return most === null ? '' : t('refused.atMost', { most: high })
}

const asNumber = (value: number | string | null): string => {
  const number = Number(value)
  return Number.isFinite(number) ? formatNumber(number, { maximumFractionDigits: 6 }) : String(value)
}
