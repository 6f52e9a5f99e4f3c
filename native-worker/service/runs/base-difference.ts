import { FlawsmithError } from '../../../contract/errors.ts'
import type { Channels } from '../../../contract/project.ts'
import type { BaseDifference } from '../../../contract/run-origin.ts'
import type { RunStatus } from '../../../contract/training.ts'

/** What decides whether networks can take over the weights of others. */
export interface NetworkKind {
  readonly recipe: string
  /** Of the recipe's networks; null where it has one only. */
  readonly edition: string | null
  readonly size: number
  readonly channels: Channels
}

export interface FoundRun extends NetworkKind {
  readonly project: string
  readonly run: number
  readonly status: RunStatus
  readonly hasCheckpoint: boolean
}

/** Ended as it was meant to, or as somebody has told it to. */
const ended: readonly RunStatus[] = ['finished', 'stopped']
const nameOf = (channels: Channels): string => (channels === 1 ? 'grey' : 'colour')
const otherwise = 'or start from made-up surfaces (base surfaces)'

/** Why a run cannot serve as the base of one of the `wanted` kind; null where it can. */
export function baseDifference(found: FoundRun, wanted: NetworkKind): FlawsmithError | null {
  const { project, run, status } = found
  const differ = (
    difference: BaseDifference,
    {
      values = {},
      sentence,
    }: { readonly values?: Readonly<Record<string, string | number>>; readonly sentence: string },
  ): FlawsmithError =>
    new FlawsmithError(
      'base_differs',
      `Run ${run} of “${project}” cannot be started from: ${sentence}, ${otherwise}.`,
      {
        difference,
        project,
        run,
        ...values,
      },
    )
  const of = <Value extends string | number>(value: (kind: NetworkKind) => Value) => ({
    found: value(found),
    needed: value(wanted),
  })
  if (found.recipe !== wanted.recipe)
    return differ('recipe', {
      values: of(({ recipe }) => recipe),
      sentence: `it is of ${found.recipe}, and this run is of ${wanted.recipe}. Choose a run of ${wanted.recipe}`,
    })
  if (found.edition !== wanted.edition)
    return differ('edition', {
      values: of(({ edition }) => edition ?? ''),
      sentence: `its networks are of edition ${found.edition ?? '–'}, and this run's of edition ${wanted.edition ?? '–'}. Train it anew there`,
    })
  if (found.channels !== wanted.channels)
    return differ('channels', {
      values: of(({ channels }) => channels),
      sentence: `its images are ${nameOf(found.channels)}, and those of this project ${nameOf(wanted.channels)}. Choose a run of a ${nameOf(wanted.channels)} project`,
    })
  if (found.size !== wanted.size)
    return differ('size', {
      values: of(({ size }) => size),
      sentence: `it draws ${found.size} px, and this project has ${wanted.size} px. Bring this project to ${found.size} px (“flawsmith resize”)`,
    })
  if (!ended.includes(status))
    return differ('status', {
      values: { found: status },
      sentence: `it is ${status} and has not come to its end. Open “${project}” and let it train on, or stop it there`,
    })
  if (!found.hasCheckpoint) return differ('no_checkpoint', { sentence: 'it has no checkpoint. Choose another run' })
  return null
}

/** Networks of another shape were asked for than the run has. */
export const networksDiffer = (
  { project, run }: Pick<FoundRun, 'project' | 'run'>,
  { parameter, found, needed }: { readonly parameter: string; readonly found: string; readonly needed: string },
): FlawsmithError =>
  new FlawsmithError(
    'base_differs',
    `Run ${run} of “${project}” cannot be started from: its networks have ${parameter} ${found}, and ${needed} is asked for. Leave ${parameter} out, which takes over ${found}, ${otherwise}.`,
    { difference: 'networks' satisfies BaseDifference, project, run, parameter, found, needed },
  )

export const noRunToStartFrom = (project: string, { recipe }: Pick<NetworkKind, 'recipe'>): FlawsmithError =>
  new FlawsmithError(
    'base_differs',
    `“${project}” has no run of ${recipe} that could be started from. Train one there to its end, ${otherwise}.`,
    { difference: 'no_run' satisfies BaseDifference, project, needed: recipe },
  )
