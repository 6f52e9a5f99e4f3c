import { FlawsmithError } from '../../../contract/errors.ts'
import type { Channels } from '../../../contract/project.ts'
import { describeSizes } from '../../../contract/recipe-sizes.ts'
import type { ParameterValues, RecipeDescription, RecipeId, RecipeParameter } from '../../../contract/training.ts'
import { acgan } from './acgan/acgan.ts'
import { cganConcat } from './cgan-concat/cgan-concat.ts'
import { crgan } from './crgan/crgan.ts'
import { crganSn } from './crgan-sn/crgan-sn.ts'
import { dcgan28Upsampling } from './dcgan-28-upsampling/dcgan-28-upsampling.ts'
import { dcgan96 } from './dcgan-96/dcgan-96.ts'
import { mlpGan } from './mlp-gan/mlp-gan.ts'
import { patchwork } from './patchwork/patchwork.ts'
import { procedural } from './procedural/procedural.ts'
import type { Recipe } from './recipe.ts'
import { snDcgan128 } from './sn-dcgan-128/sn-dcgan-128.ts'
import { transplant } from './transplant/transplant.ts'

/** Every recipe, in the order the picker shows them. Reading this table loads no engine. */
const recipes: readonly Recipe[] = [
  crgan,
  transplant,
  patchwork,
  crganSn,
  acgan,
  dcgan96,
  snDcgan128,
  dcgan28Upsampling,
  mlpGan,
  cganConcat,
  procedural,
]

/** @throws FlawsmithError `recipe_not_found` */
export function findRecipe(id: RecipeId): Recipe {
  const recipe = recipes.find((candidate) => candidate.id === id)
  if (recipe === undefined) {
    const known = recipes.map((candidate) => candidate.id).join(', ')
    throw new FlawsmithError('recipe_not_found', `There is no recipe “${id}”. Choose one of: ${known}.`, { recipe: id })
  }
  return recipe
}

/** What the recipe picker shows; parameter counts at this size for `classCount` classes and default parameters. */
export function describeRecipes({
  size,
  channels,
  classCount = 4,
}: {
  size: number
  channels: Channels
  classCount?: number
}): readonly RecipeDescription[] {
  return recipes.map((recipe) => {
    const { id, title, summary, scope, trains, composesFrom, sizes, parameters, presets } = recipe
    const refused = !recipe.sizes.includes(size) || !recipe.channels.includes(channels)
    const parameterCounts = refused
      ? null
      : recipe.parameterCounts({ size, channels, classCount, parameters: defaultsOf(recipe) })
    return {
      ...{ id, title, summary, scope, trains, sizes, channels: recipe.channels, parameters, presets, parameterCounts },
      ...(composesFrom === undefined ? {} : { composesFrom }),
    }
  })
}

/**
 * The recipe's parameters, complete, for images of this size and these classes.
 * @throws FlawsmithError `recipe_not_found`, `recipe_refuses_size`, `recipe_refuses_channels`, `parameter_out_of_range`,
 *   `classes_too_few`, `class_too_small`
 */
export function checkRecipe({
  recipe: id,
  parameters: given,
  size,
  channels,
  classSizes,
}: {
  recipe: RecipeId
  parameters: ParameterValues
  size: number
  channels: Channels
  classSizes: Readonly<Record<string, number>>
}): ParameterValues {
  const recipe = findRecipe(id)
  if (!recipe.sizes.includes(size)) throw refuseSize(recipe, size, 'Choose another recipe or import at another size.')
  if (!recipe.channels.includes(channels)) {
    throw new FlawsmithError(
      'recipe_refuses_channels',
      `${id} cannot learn images of ${channels} channels. Choose another recipe.`,
      { recipe: id, channels },
    )
  }
  checkClasses(recipe, classSizes)
  const parameters = completeParameters(recipe, given)
  recipe.checkTogether?.(parameters)
  return parameters
}

/** @param nextStep what the user can do */
export function refuseSize({ id, sizes }: Recipe, size: number, nextStep: string): FlawsmithError {
  return new FlawsmithError(
    'recipe_refuses_size',
    `${id} takes images of ${sizesInWords(sizes)} pixels, not ${size}. ${nextStep}`,
    { recipe: id, size, sizes: sizes.join(', ') },
  )
}

function sizesInWords(sizes: readonly number[]): string {
  const row = describeSizes(sizes)
  return row.kind === 'row' ? `${row.min} to ${row.max} in steps of ${row.step}` : row.sizes.join(', ')
}

function checkClasses(recipe: Recipe, classSizes: Readonly<Record<string, number>>): void {
  const { classes, imagesPerClass } = recipe.minimum
  const sizes = Object.entries(classSizes)
  if (sizes.length < classes) {
    throw new FlawsmithError(
      'classes_too_few',
      `${recipe.id} learns ${classes} or more classes in one network; there ${sizes.length === 1 ? 'is' : 'are'} ${sizes.length}. Choose a recipe for one class.`,
      { recipe: recipe.id, classes: sizes.length, needed: classes },
    )
  }
  const small = sizes.find(([, images]) => images < imagesPerClass)
  if (small !== undefined) {
    const [name, images] = small
    throw new FlawsmithError(
      'class_too_small',
      `“${name}” has ${images} image${images === 1 ? '' : 's'}; ${recipe.id} needs at least ${imagesPerClass}. Import more, or leave the class out.`,
      { recipe: recipe.id, class: name, images, needed: imagesPerClass },
    )
  }
}

const defaultsOf = (recipe: Recipe): ParameterValues =>
  Object.fromEntries(recipe.parameters.map((parameter) => [parameter.name, parameter.default]))

export function completeParameters(recipe: Recipe, given: ParameterValues): ParameterValues {
  for (const [name, value] of Object.entries(given)) {
    const parameter = recipe.parameters.find((candidate) => candidate.name === name)
    const allowed = parameter === undefined ? null : describeRange(parameter)
    if (parameter === undefined || !isInRange(parameter, value)) {
      const problem =
        allowed === null ? `has no parameter “${name}”` : `takes ${name} as ${allowed}, not ${String(value)}`
      throw new FlawsmithError(
        'parameter_out_of_range',
        `${recipe.id} ${problem}. See \`flawsmith recipes\` for its parameters.`,
        {
          recipe: recipe.id,
          parameter: name,
          value,
        },
      )
    }
  }
  return { ...defaultsOf(recipe), ...given }
}

function isInRange(parameter: RecipeParameter, value: number | boolean | string): boolean {
  switch (parameter.kind) {
    case 'number':
      return (
        typeof value === 'number' &&
        value >= parameter.min &&
        value <= parameter.max &&
        (!parameter.integer || Number.isInteger(value))
      )
    case 'boolean':
      return typeof value === 'boolean'
    case 'choice':
      return typeof value === 'string' && parameter.choices.includes(value)
  }
}

function describeRange(parameter: RecipeParameter): string {
  switch (parameter.kind) {
    case 'number':
      return `${parameter.integer ? 'a whole number' : 'a number'} from ${parameter.min} to ${parameter.max}`
    case 'boolean':
      return 'true or false'
    case 'choice':
      return `one of ${parameter.choices.join(', ')}`
  }
}
