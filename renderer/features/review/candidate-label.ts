import { isQuarantined, type Sample } from '../../../contract/samples.ts'
import { t } from '../../i18n/translate.svelte.ts'

/** One candidate in words, the same in the grid and alone: number, class, state, place in the queue. */
export const candidateLabel = (
  { id, state, gate, isReleased }: Pick<Sample, 'id' | 'state' | 'gate' | 'isReleased'>,
  { className, position, total }: { readonly className: string; readonly position: number; readonly total: number },
): string =>
  t('review.candidateLabel', {
    id,
    name: className,
    state: t(isQuarantined({ state, gate, isReleased }) ? 'sample.quarantined' : `sample.${state}`),
    position: position + 1,
    total,
  })
