import type { RecipeDescription } from '../../../contract/training.ts'

export type Advice =
  | { readonly kind: 'empty'; readonly tone: 'bad' }
  | { readonly kind: 'procedural'; readonly tone: 'bad' }
  | { readonly kind: 'copies'; readonly tone: 'warn' }
  | { readonly kind: 'small'; readonly tone: 'warn' }
  | { readonly kind: 'swallowed'; readonly tone: 'warn' }
  | { readonly kind: 'enough'; readonly tone: 'good' }

/**
 * What to expect of a class of `images` pictures, those of the same part counted once. Below 10 a network only copies: the design's limit for the
 * procedural recipe. The classic all-classes networks mix a class below 2,000 with its larger neighbour (their source).
 */
export function adviseClass(
  images: number,
  { recipe, largest }: { recipe: Pick<RecipeDescription, 'id' | 'scope' | 'trains'>; largest: number },
): Advice {
  if (images === 0) return { kind: 'empty', tone: 'bad' }
  if (!recipe.trains) return { kind: 'enough', tone: 'good' }
  if (images < 10) return { kind: 'procedural', tone: 'bad' }
  if (images < 50) return { kind: 'copies', tone: 'warn' }
  const mixesClasses = recipe.scope === 'all-classes' && !recipe.id.startsWith('crgan')
  if (mixesClasses && images < 2000 && images < largest) return { kind: 'swallowed', tone: 'warn' }
  if (images < 200) return { kind: 'small', tone: 'warn' }
  return { kind: 'enough', tone: 'good' }
}
