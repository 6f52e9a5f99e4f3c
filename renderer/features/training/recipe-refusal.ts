import type { MarksOverview } from '../../../contract/marks.ts'
import { donorsNeeded } from '../../../contract/marks.ts'
import type { ProjectSummary } from '../../../contract/project.ts'
import { describeSizes, type SizesInWords } from '../../../contract/recipe-sizes.ts'
import type { RecipeDescription } from '../../../contract/training.ts'

export type RecipeRefusal =
  | { readonly kind: 'size'; readonly takes: SizesInWords }
  | { readonly kind: 'channels'; readonly channels: 1 | 3 }
  /** No class is declared free of defects; `suggested` by its name. */
  | { readonly kind: 'noFreeClass'; readonly suggested: string | null }
  /** The class that is nearest to having enough marks, and how many more it needs. */
  | { readonly kind: 'marksMissing'; readonly className: string; readonly missing: number }
  | { readonly kind: 'noDefectClass' }

/** What a recipe has to work with. */
export interface RecipeMaterial extends Pick<ProjectSummary, 'size' | 'channels'> {
  /** Null until it is known. */
  readonly marks: MarksOverview | null
  readonly classes: readonly { readonly id: number; readonly name: string }[]
}

/** Why a recipe cannot work with this project's images; null where it can. */
export function refuseRecipe(recipe: RecipeDescription, material: RecipeMaterial): RecipeRefusal | null {
  const { sizes, channels } = recipe
  const only = channels[0]
  if (!channels.includes(material.channels) && only !== undefined) return { kind: 'channels', channels: only }
  if (!sizes.includes(material.size)) return { kind: 'size', takes: describeSizes(sizes) }
  return recipe.composesFrom === 'marks' && material.marks !== null
    ? refuseMarks(material.marks, material.classes)
    : null
}

function refuseMarks(marks: MarksOverview, classes: RecipeMaterial['classes']): RecipeRefusal | null {
  if (marks.freeOfDefects === null) {
    const suggested = classes.find(({ id }) => id === marks.suggestedFree)?.name ?? null
    return { kind: 'noFreeClass', suggested }
  }
  const [nearest] = marks.classes.toSorted((a, b) => b.donors - a.donors || b.images - a.images)
  if (nearest === undefined) return { kind: 'noDefectClass' }
  const missing = donorsNeeded.least - nearest.donors
  return missing <= 0 ? null : { kind: 'marksMissing', className: nearest.name, missing }
}

export interface OfferedRecipe {
  readonly recipe: RecipeDescription
  readonly refusal: RecipeRefusal | null
}

/** What works in seconds without learning first, then what learns; of each what can be used before what cannot. */
export const offerRecipes = (
  recipes: readonly RecipeDescription[],
  material: RecipeMaterial,
): Readonly<Record<'composing' | 'learning', readonly OfferedRecipe[]>> => {
  const offers = recipes
    .map((recipe) => ({ recipe, refusal: refuseRecipe(recipe, material) }))
    .toSorted((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null))
  return {
    composing: offers.filter(({ recipe }) => !recipe.trains),
    learning: offers.filter(({ recipe }) => recipe.trains),
  }
}

/** What moves marked defects where that is possible, for it looks most like a photograph; else the first that learns. */
export function proposeRecipe(
  recipes: readonly RecipeDescription[],
  material: RecipeMaterial,
): RecipeDescription | null {
  const usable = recipes.filter((recipe) => refuseRecipe(recipe, material) === null)
  const isMarked = material.marks !== null
  return (
    usable.find(({ composesFrom }) => composesFrom === 'marks' && isMarked) ??
    usable.find(({ trains }) => trains) ??
    usable[0] ??
    null
  )
}
