import { FlawsmithError } from '../../../contract/errors.ts'
import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import type { RecipeId } from '../../../contract/training.ts'
import type { Engine } from '../engines/engine.ts'
import { findRecipe } from '../recipes/registry.ts'
import { timeSteps } from './time-steps.ts'

type BenchTask = Extract<TrainerTask, { kind: 'bench' }>

/** The size each recipe was published at; 64 for the others. */
const publishedSize: Partial<Record<RecipeId, number>> = {
  'dcgan-96': 96,
  'sn-dcgan-128': 128,
  'mlp-gan': 32,
  crgan: 32,
}

/** Times training steps of a recipe. @throws FlawsmithError `recipe_refuses_size` */
export function runBenchTask(
  { recipe, parameters, batch, steps, size: asked, channels }: BenchTask,
  { engine, report }: { engine: Engine; report: (report: TrainerReport) => void },
): void {
  const size = asked ?? publishedSize[recipe] ?? 64
  const refusal = findRecipe(recipe).refusesSize(size)
  if (refusal !== null)
    throw new FlawsmithError('recipe_refuses_size', `${recipe} ${refusal.en}, not ${size}.`, { recipe, size })
  const stepMs = timeSteps(engine, { recipe, parameters, size, channels, batch, steps })
  report({ kind: 'benched', stepMs })
}
