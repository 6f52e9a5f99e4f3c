import type { MarksOverview } from '../../../contract/marks.ts'
import { donorsNeeded } from '../../../contract/marks.ts'
import type { RecipeDescription } from '../../../contract/training.ts'

/** How far the marks of a class go for a recipe that moves defects. */
export type MarksAdvice =
  | { readonly kind: 'background'; readonly tone: 'good' }
  | { readonly kind: 'donors' | 'fewDonors'; readonly tone: 'good' | 'warn'; readonly donors: number }
  | { readonly kind: 'donorsMissing'; readonly tone: 'bad'; readonly donors: number; readonly missing: number }

/** @returns null for a class that nothing is known of */
export function adviseMarks(classId: number, marks: MarksOverview): MarksAdvice | null {
  if (marks.freeOfDefects === classId) return { kind: 'background', tone: 'good' }
  const donors = marks.classes.find((entry) => entry.classId === classId)?.donors
  if (donors === undefined) return null
  if (donors >= donorsNeeded.good) return { kind: 'donors', tone: 'good', donors }
  if (donors >= donorsNeeded.least) return { kind: 'fewDonors', tone: 'warn', donors }
  return { kind: 'donorsMissing', tone: 'bad', donors, missing: donorsNeeded.least - donors }
}

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
