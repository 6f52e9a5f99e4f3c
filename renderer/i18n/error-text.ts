import type { ErrorDetails, Failure } from '../../contract/errors.ts'
import { readRefusedInput } from '../../contract/refused-input.ts'
import { baseDifferenceText } from './base-difference-text.ts'
import { refusedInputText } from './refused-input-text.ts'
import { t } from './translate.svelte.ts'

/** What went wrong and what to do next, in the user's language. The values are shown beside it: `detailRows`. */
export function errorText({ code, details = {} }: Pick<Failure, 'code'> & { readonly details?: ErrorDetails }): string {
  const differs = code === 'base_differs' ? baseDifferenceText(details) : null
  if (differs !== null) return differs
  const refused = code === 'invalid_request' ? readRefusedInput(details) : null
  return refused === null ? t(`error.${code}`) : refusedInputText(refused)
}
