import type { EngineName } from '../../../contract/engines.ts'
import type { ClassId } from '../../../contract/ids.ts'
import type { RunLength, RunPreset } from '../../../contract/run-lengths.ts'
import { lengthOf } from '../../../contract/run-lengths.ts'
import type { RunToStartFrom } from '../../../contract/run-origin.ts'
import type { RequestInput } from '../../../contract/service.ts'
import type { ParameterValues, RecipeDescription, RecipeId } from '../../../contract/training.ts'

/** What the service takes. */
export const fewestOf = { minutes: 0.05, steps: 1 } as const

type RunInput = RequestInput<'runs.start'>

/** What a person has chosen for a new run. */
export class RunForm {
  recipeChoice = $state.raw<RecipeId | null>(null)
  classChoice = $state.raw<ClassId | null>(null)
  preset = $state.raw<RunPreset>('normal')
  /** What ends the run: the preset, or a number of the person's own. */
  limit = $state.raw<'preset' | 'minutes' | 'steps'>('preset')
  minutes = $state<number | null>(10)
  steps = $state<number | null>(5000)
  seed = $state<number | null>(1)
  engine = $state.raw<EngineName | 'auto'>('auto')
  parameters = $state.raw<ParameterValues>({})
  /** Where the parameter base is `run`. */
  startFrom = $state.raw<RunToStartFrom | null>(null)
  /** Of the recipe's parameters. */
  parameterPreset = $state.raw('')

  selectRecipe(id: RecipeId): void {
    this.recipeChoice = id
    this.parameters = {}
    this.parameterPreset = ''
    this.startFrom = null
  }

  selectPreset(preset: RunPreset): void {
    this.preset = preset
    this.limit = 'preset'
  }

  applyPreset(name: string, recipe: RecipeDescription): void {
    this.parameterPreset = name
    this.parameters = recipe.presets[name] ?? {}
  }

  /** The preset that ends the run; null where a number does. */
  get chosenPreset(): RunPreset | null {
    return this.limit === 'preset' ? this.preset : null
  }

  /** What its networks know at the start. */
  get base(): string {
    return String(this.parameters['base'] ?? 'surfaces')
  }

  /** It shall start from a run, and none is chosen. */
  get lacksOrigin(): boolean {
    return this.base === 'run' && this.startFrom === null
  }

  /** The limit whose number is too small or missing; null where all is well. */
  get tooShort(): 'minutes' | 'steps' | null {
    if (this.limit === 'preset') return null
    const amount = this[this.limit]
    return amount !== null && amount >= fewestOf[this.limit] ? null : this.limit
  }

  lengthFor(recipe: RecipeId): RunLength {
    if (this.limit === 'preset') return lengthOf(recipe, this.preset)
    return this.limit === 'minutes'
      ? { minutes: this.minutes ?? fewestOf.minutes }
      : { steps: this.steps ?? fewestOf.steps }
  }

  /** @param classId for a recipe that learns one */
  inputFor({ id, scope, trains }: RecipeDescription, classId: ClassId | null): RunInput {
    return {
      recipe: id,
      ...(scope === 'one-class' && classId !== null ? { classId } : {}),
      ...(trains ? this.lengthFor(id) : {}),
      ...(this.engine === 'auto' ? {} : { engine: this.engine }),
      ...(this.base === 'run' && this.startFrom !== null ? { startFrom: this.startFrom } : {}),
      ...(Object.keys(this.parameters).length === 0 ? {} : { parameters: this.parameters }),
    }
  }
}
