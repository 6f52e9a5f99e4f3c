import type { ProjectSummary } from '../../../contract/project.ts'
import type { RecipeDescription } from '../../../contract/training.ts'

export type RecipeRefusal =
  | { readonly kind: 'fixed-size'; readonly size: number }
  | { readonly kind: 'size'; readonly min: number; readonly max: number; readonly multipleOf: number }
  | { readonly kind: 'channels'; readonly channels: 1 | 3 }

/** Why a recipe cannot train on this project's images; null where it can. */
export function refuseRecipe(
  { sizes, channels, parameterCounts, trains }: RecipeDescription,
  project: Pick<ProjectSummary, 'size' | 'channels'>,
): RecipeRefusal | null {
  const only = channels[0]
  if (!channels.includes(project.channels) && only !== undefined) return { kind: 'channels', channels: only }
  const fits = project.size >= sizes.min && project.size <= sizes.max && project.size % sizes.multipleOf === 0
  if (fits && (parameterCounts !== null || !trains)) return null
  if (sizes.min === sizes.max) return { kind: 'fixed-size', size: sizes.min }
  return { kind: 'size', ...sizes }
}
