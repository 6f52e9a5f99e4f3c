import { keptStep } from '../../contract/kept-step.ts'
import type { RunSummary } from '../../contract/training.ts'
import { findRecipe } from '../trainer/recipes/registry.ts'

type Counted = Pick<RunSummary, 'recipe' | 'status' | 'step' | 'checkpointStep' | 'seconds'>

/** “298 (275 kept)”; a dash for what composes without training. */
export function describeSteps(run: Counted): string {
  if (!findRecipe(run.recipe).trains) return '–'
  const kept = keptStep(run)
  return kept === null ? String(run.step) : `${run.step} (${kept === 0 ? 'none' : kept} kept)`
}

export const describeSeconds = ({ recipe, seconds }: Counted): string =>
  findRecipe(recipe).trains ? seconds.toFixed(1) : '–'
