import { formatChoices } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'
import type { RecipeRefusal } from './recipe-refusal.ts'

/** Why a recipe cannot be used, and what to do. */
export function refusalText(refusal: RecipeRefusal, { ownSize }: { readonly ownSize: number }): string {
  switch (refusal.kind) {
    case 'channels':
      return t(refusal.channels === 1 ? 'recipe.onlyGrey' : 'recipe.onlyRgb')
    case 'size':
      return refusal.takes.kind === 'row'
        ? t('recipe.sizes', {
            min: refusal.takes.min,
            max: refusal.takes.max,
            multiple: refusal.takes.step,
            own: ownSize,
          })
        : t('recipe.onlySizes', { sizes: formatChoices(refusal.takes.sizes), own: ownSize })
    case 'noFreeClass':
      return refusal.suggested === null
        ? t('recipe.noFreeClass')
        : t('recipe.noFreeClassSuggested', { name: refusal.suggested })
    case 'marksMissing':
      return t('recipe.marksMissing', { count: refusal.missing, name: refusal.className })
    case 'noDefectClass':
      return t('recipe.noDefectClass')
  }
}

/** It is mended where defects are marked. */
export const needsMarks = ({ kind }: RecipeRefusal): boolean => kind === 'noFreeClass' || kind === 'marksMissing'
