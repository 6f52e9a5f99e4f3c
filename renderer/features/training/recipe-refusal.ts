import type { ProjectSummary } from '../../../contract/project.ts'
import { describeSizes, type SizesInWords } from '../../../contract/recipe-sizes.ts'
import type { RecipeDescription } from '../../../contract/training.ts'

export type RecipeRefusal =
  { readonly kind: 'size'; readonly takes: SizesInWords } | { readonly kind: 'channels'; readonly channels: 1 | 3 }

/** Why a recipe cannot train on this project's images; null where it can. */
export function refuseRecipe(
  { sizes, channels }: RecipeDescription,
  project: Pick<ProjectSummary, 'size' | 'channels'>,
): RecipeRefusal | null {
  const only = channels[0]
  if (!channels.includes(project.channels) && only !== undefined) return { kind: 'channels', channels: only }
  return sizes.includes(project.size) ? null : { kind: 'size', takes: describeSizes(sizes) }
}
