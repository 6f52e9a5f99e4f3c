import { FlawsmithError } from '../../contract/errors.ts'
import type { EngineName } from '../../contract/engines.ts'
import type { ClassId } from '../../contract/ids.ts'
import type { RequestInput } from '../../contract/service.ts'
import type { ParameterValues, RecipeId } from '../../contract/training.ts'
import type { LocalClient } from '../service/ports/local-client.ts'
import { findClass } from './find-class.ts'
import type { Base } from './parse-options.ts'

/** Options that `train` and `estimate` share. */
export interface RunOptions {
  readonly recipe?: RecipeId
  readonly class?: string
  readonly classes?: readonly string[]
  readonly engine?: EngineName
  readonly param?: ParameterValues
  readonly base?: Base
}

/** What of the options decides the steps of a run, and so what they take. */
export async function askedRun(
  client: LocalClient,
  { recipe, class: className, classes, engine, param, base }: RunOptions,
): Promise<{
  readonly recipe: RecipeId
  readonly whatToTrain: Pick<RequestInput<'runs.start'>, 'classId' | 'classIds' | 'engine' | 'parameters' | 'startFrom'>
}> {
  if (recipe === undefined) throw new FlawsmithError('recipe_not_found', 'No recipe was named.')
  const idOf = async (name: string): Promise<ClassId> => (await findClass(client, name)).id
  return {
    recipe,
    whatToTrain: {
      ...(className === undefined ? {} : { classId: await idOf(className) }),
      ...(classes === undefined ? {} : { classIds: await Promise.all(classes.map(idOf)) }),
      ...(engine === undefined ? {} : { engine }),
      ...(param === undefined && typeof base !== 'string'
        ? {}
        : { parameters: { ...param, ...(typeof base === 'string' ? { base } : {}) } }),
      ...(typeof base === 'object' ? { startFrom: base } : {}),
    },
  }
}
