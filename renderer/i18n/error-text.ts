import type { Failure } from '../../contract/errors.ts'
import { t } from './translate.svelte.ts'

/** What went wrong and what to do next, in the user's language. The values are shown beside it: `detailRows`. */
export const errorText = ({ code }: Pick<Failure, 'code'>): string => t(`error.${code}`)
