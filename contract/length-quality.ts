import type { ParameterValues, RecipeId } from './training.ts'

/** Pixels an edge at which a study has measured what the steps of the presets give (docs/studies). */
const measuredSize = 64

/**
 * Why nobody can say what quality a preset gives; null where it was measured: the default networks of crgan, from the base that comes
 * along, at 64 px.
 */
export function unmeasuredQuality({
  recipe,
  size,
  parameters,
}: {
  readonly recipe: RecipeId
  /** Pixels an edge. */
  readonly size: number
  /** As given: what is left out is as the recipe has it. */
  readonly parameters: ParameterValues
}): 'recipe' | 'size' | 'settings' | null {
  if (recipe !== 'crgan') return 'recipe'
  if (size !== measuredSize) return 'size'
  const { base = 'surfaces', edition = '2', width = 'XXS', latent = 64 } = parameters
  const isDefault = base === 'surfaces' && edition === '2' && width === 'XXS' && latent === 64
  return isDefault ? null : 'settings'
}
