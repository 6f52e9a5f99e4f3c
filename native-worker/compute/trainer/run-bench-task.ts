import { FlawsmithError } from '../../../contract/errors.ts'
import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import type { Engine } from '../engines/engine.ts'
import { findRecipe } from '../recipes/registry.ts'
import { timeSteps } from './time-steps.ts'

type BenchTask = Extract<TrainerTask, { kind: 'bench' }>

/** Times training steps of a recipe. @throws FlawsmithError `recipe_refuses_size` */
export function runBenchTask(
  { recipe, parameters, batch, steps, ...asked }: BenchTask,
  { engine, report }: { engine: Engine; report: (report: TrainerReport) => void },
): void {
  const { published, refusesSize } = findRecipe(recipe)
  const size = asked.size ?? published.size
  const channels = asked.channels ?? published.channels
  const refusal = refusesSize(size)
  if (refusal !== null)
    throw new FlawsmithError('recipe_refuses_size', `${recipe} ${refusal.en}, not ${size}.`, { recipe, size })
  const stepMs = timeSteps(engine, { recipe, parameters, size, channels, batch, steps })
  report({ kind: 'benched', stepMs })
}
