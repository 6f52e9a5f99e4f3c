import type { Channels } from '../../../contract/project.ts'
import type { ParameterValues, RecipeDescription, RecipeId } from '../../../contract/training.ts'
import type { BaseName } from '../bases/base.ts'
import type { BuildOptions, Gan } from '../adversarial/gan.ts'

export interface NetworkShape {
  readonly size: number
  readonly channels: Channels
  readonly classCount: number
  readonly parameters: ParameterValues
}

/** One recipe: what the interface shows, what it refuses, and how it is built. Reading one loads no engine. */
export interface Recipe extends Omit<RecipeDescription, 'id' | 'parameterCounts'> {
  readonly id: RecipeId
  /** The images it was published for; a speed measured without others named is of these. */
  readonly published: { readonly size: number; readonly channels: Channels }
  /** Fewest images of a class worth training on, and fewest classes. */
  readonly minimum: { readonly imagesPerClass: number; readonly classes: number }
  /**
   * The base that a run with these parameters starts from, `given` where the task brings it, null for none. Absent where a recipe
   * has no bases.
   */
  readonly baseOf?: (shape: Omit<NetworkShape, 'classCount'>) => BaseName | 'given' | null
  /** Parameters that decide the networks: a run takes over those of a run that it starts from. */
  readonly networkParameters?: readonly string[]
  /** Says why parameters do not go together, each being in range. @throws FlawsmithError `parameter_out_of_range` */
  readonly checkTogether?: (parameters: ParameterValues) => void
  /** What a parameter was for runs of before it existed, which do not name it. */
  readonly ofOlderRuns?: ParameterValues
  parameterCounts(shape: NetworkShape): { readonly generator: number; readonly discriminator: number }
  build(options: BuildOptions): Gan
}
