import type { ClassId, RunId } from './ids.ts'
import type { ClassFigure, RunDifference } from './scores.ts'
import type { RecipeId } from './training.ts'

/** The candidates of a run that are of one class, and what is known of them. */
export interface ComparedRun {
  readonly runId: RunId
  readonly recipe: RecipeId
  readonly classId: ClassId
  readonly className: string
  /** Of its newest checkpoint, from which samples come. */
  readonly steps: number
  /** Of training up to there. */
  readonly seconds: number
  readonly candidates: number
  readonly accepted: number
  readonly rejected: number
  /** Null where it was not measured against the images of today. */
  readonly kid: ClassFigure | null
  readonly coverage: ClassFigure | null
  readonly difference: Pick<RunDifference, 'auc' | 'floor' | 'real' | 'synthetic'> | null
}

export interface RunComparison {
  readonly runs: readonly ComparedRun[]
  /** False where figures are about other images than those of today: none is shown then. */
  readonly isCurrent: boolean
}
