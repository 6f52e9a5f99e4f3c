import type { ClassSummary } from '../../../contract/dataset.ts'

export type SplitProblem = 'only-trains' | 'no-test' | 'no-validation'

/** What a class cannot be used for, since too few of its images are on that side; null where nothing is missing. */
export function splitProblem({ images, splits }: Pick<ClassSummary, 'images' | 'splits'>): SplitProblem | null {
  if (images === 0) return null
  if (splits.train === images) return 'only-trains'
  if (splits.test === 0) return 'no-test'
  return splits.val === 0 ? 'no-validation' : null
}
