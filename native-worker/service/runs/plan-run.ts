import { randomInt } from 'node:crypto'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassSummary } from '../../../contract/dataset.ts'
import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import type { RequestInput } from '../../../contract/service.ts'
import type { RecipeDescription } from '../../../contract/training.ts'
import { mostClasses } from '../../../contract/trainer.ts'
import type { RunPlan, TrainingSet } from '../../../contract/trainer.ts'
import { checkRecipe, describeRecipes } from '../../trainer/recipes/registry.ts'
import type { Project } from '../../project/open-project.ts'
import { getClass, listClassesInUse } from '../../project/storage/classes.ts'
import { listTrainingImages } from '../../project/storage/images.ts'
import { planTransplant, type TransplantInput } from './plan-transplant.ts'

const maxSeed = 2 ** 31

export interface PlannedRun {
  readonly plan: Omit<RunPlan, 'engine'>
  readonly classes: TrainingSet['classes']
  /** Every image the run learns from, class by class: of the train split alone. */
  readonly images: readonly Sha256[]
  /** For recipes that move defects. */
  readonly transplant?: Pick<TransplantInput, 'marks' | 'freeOfDefects'>
}

/** What a request to train comes to on this project's data, or the reason why it cannot. */
export function planRun(project: Project, input: RequestInput<'runs.start'>): PlannedRun {
  const { size, channels } = project.describe()
  const recipe = describeRecipes({ size, channels }).find(({ id }) => id === input.recipe)
  if (recipe === undefined) {
    throw new FlawsmithError('recipe_not_found', `There is no recipe “${input.recipe}”.`, { recipe: input.recipe })
  }
  if (recipe.trains && input.steps === undefined && input.minutes === undefined) {
    throw new FlawsmithError('invalid_request', 'Say when the run ends: a number of steps or of minutes.')
  }
  const { classes, images, transplant } =
    recipe.composesFrom === 'marks' ? fromMarks(project, input) : fromTrainSplit(project, { input, recipe })
  const parameters = checkRecipe({
    recipe: input.recipe,
    parameters: input.parameters ?? {},
    size,
    channels,
    classSizes: Object.fromEntries(classes.map(({ name, images: count }) => [name, count])),
  })
  return {
    plan: {
      recipe: input.recipe,
      parameters,
      seed: input.seed ?? randomInt(maxSeed),
      size,
      channels,
      classNames: classes.map(({ name }) => name),
      // What only composes ends by itself.
      targetSteps: recipe.trains ? (input.steps ?? null) : null,
      targetMinutes: recipe.trains ? (input.minutes ?? null) : null,
      ...(input.stopOnPlateau === undefined ? {} : { stopOnPlateau: input.stopOnPlateau }),
    },
    classes,
    images,
    ...(transplant === undefined ? {} : { transplant }),
  }
}

type RunInput = Omit<PlannedRun, 'plan'>

function fromMarks(project: Project, input: RequestInput<'runs.start'>): RunInput {
  const wanted = wantedClasses(input)
  for (const id of wanted ?? []) {
    const { name, leftOut } = getClass(project.db, id)
    if (leftOut) throw classLeftOut(name)
  }
  const { classes, images, ...transplant } = planTransplant(project, wanted)
  return { classes, images, transplant }
}

function fromTrainSplit(
  project: Project,
  { input, recipe }: { readonly input: RequestInput<'runs.start'>; readonly recipe: RecipeDescription },
): RunInput {
  const chosen = recipe.scope === 'one-class' ? [oneClass(project, input)] : severalClasses(project, input)
  if (chosen.length > mostClasses) {
    const message = `${recipe.id} learns ${mostClasses} classes at most; there are ${chosen.length}. Train a recipe that learns one class.`
    throw new FlawsmithError('parameter_out_of_range', message, { classes: chosen.length, most: mostClasses })
  }
  return {
    classes: chosen.map(({ name, splits }) => ({ name, images: splits.train })),
    images: chosen.flatMap(({ id }) => listTrainingImages(project.db, id)),
  }
}

/** Of a recipe that learns several; all where null. */
const wantedClasses = ({ classIds, classId }: RequestInput<'runs.start'>): readonly ClassId[] | null =>
  classIds ?? (classId === undefined ? null : [classId])

function severalClasses({ db }: Project, input: RequestInput<'runs.start'>): readonly ClassSummary[] {
  const training = listClassesInUse(db).filter(({ splits }) => splits.train > 0)
  const wanted = wantedClasses(input)
  if (wanted === null) return training
  return wanted.map((id) => {
    const found = training.find((each) => each.id === id)
    if (found !== undefined) return found
    const { name, leftOut } = getClass(db, id)
    throw leftOut
      ? classLeftOut(name)
      : new FlawsmithError(
          'class_too_small',
          `The class “${name}” has no image to learn from. Leave it out of the run.`,
          {
            class: name,
          },
        )
  })
}

const classLeftOut = (name: string): FlawsmithError =>
  new FlawsmithError(
    'class_left_out',
    `The class “${name}” is left out of training and export. Take it back in first (“classes take-back”).`,
    { class: name },
  )

function oneClass({ db }: Project, { recipe, classId }: RequestInput<'runs.start'>): ClassSummary {
  if (classId !== undefined) {
    const found = getClass(db, classId)
    if (!found.leftOut) return found
    throw classLeftOut(found.name)
  }
  const names = listClassesInUse(db).map(({ name }) => name)
  throw new FlawsmithError('class_not_found', `${recipe} learns one class. Name it; there are: ${names.join(', ')}.`, {
    recipe,
  })
}
