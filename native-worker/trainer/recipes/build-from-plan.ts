import type { RunPlan } from '../../../contract/trainer.ts'
import type { ParameterValues } from '../../../contract/training.ts'
import type { BuildOptions, Gan } from '../adversarial/gan.ts'
import type { Engine } from '../engines/engine.ts'
import type { RunRandom } from '../../random/run-random.ts'
import { completeParameters, findRecipe } from './registry.ts'

/**
 * The networks a run consists of, with first weights.
 * @param adjust what a run that has left the rails changes of its parameters
 * @throws FlawsmithError `recipe_not_found`, `parameter_out_of_range`
 */
export function buildFromPlan(
  plan: RunPlan,
  {
    adjust = (parameters) => parameters,
    ...options
  }: {
    readonly engine: Engine
    readonly random: RunRandom
    readonly adjust?: (parameters: ParameterValues) => ParameterValues
  } & Pick<BuildOptions, 'brightness'>,
): Gan {
  const recipe = findRecipe(plan.recipe)
  return recipe.build({
    ...options,
    height: plan.size,
    width: plan.size,
    channels: plan.channels,
    classCount: plan.classNames.length,
    parameters: adjust(completeParameters(recipe, { ...recipe.ofOlderRuns, ...plan.parameters })),
  })
}
