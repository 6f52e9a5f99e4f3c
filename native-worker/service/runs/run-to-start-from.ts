import { resolve } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import type { OfferedRuns, RunOrigin } from '../../../contract/run-origin.ts'
import type { RequestInput } from '../../../contract/service.ts'
import type { ParameterValues, RecipeId } from '../../../contract/training.ts'
import { checkpointFile } from '../../files/checkpoint-files.ts'
import { hashFile } from '../../files/hash-file.ts'
import type { Project } from '../../project/open-project.ts'
import { latestCheckpoint } from '../../project/storage/checkpoints.ts'
import type { SqliteOptions } from '../../project/storage/connect.ts'
import { openDatabaseImage } from '../../project/storage/open-database-image.ts'
import { readProject, readProjectUid } from '../../project/storage/project.ts'
import type { Db } from '../../project/storage/query.ts'
import type { RecordedRun } from '../../project/storage/runs.ts'
import { getRunDetails, listRuns } from '../../project/storage/runs.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import { baseDifference, networksDiffer, noRunToStartFrom, type FoundRun, type NetworkKind } from './base-difference.ts'

const longestName = 400

/** A run that can be started from, where its weights lie, and what its networks are like. */
export interface FoundOrigin {
  readonly origin: RunOrigin
  readonly file: string
  /** Of the recipe's `networkParameters`. */
  readonly networks: ParameterValues
}

type Asked = Pick<RequestInput<'runs.start'>, 'recipe' | 'parameters' | 'startFrom'>
type OpenProject = Pick<Project, 'db' | 'folder' | 'size' | 'channels'>

/**
 * What a request wants to start from: null where it names no run. The other project is looked at as it is on disk, and nothing is
 * changed there.
 * @throws FlawsmithError `base_differs`, `base_invalid`, `run_not_found`, and what opening a project for looking throws
 */
export async function findRunToStartFrom(
  open: OpenProject,
  { asked, sqlite }: { readonly asked: Asked; readonly sqlite: SqliteOptions },
): Promise<FoundOrigin | null> {
  const { startFrom, recipe, parameters = {} } = asked
  if (startFrom === undefined) return null
  const wanted = kindWanted(open, { recipe, parameters })
  refuseWithoutBases(wanted, { ...parameters, base: 'run' })
  const found = lookInto(open, { folder: startFrom.folder, sqlite }, (db, name) =>
    originOf(db, { name, folder: startFrom.folder, wanted, runId: startFrom.runId }),
  )
  for (const [parameter, value] of Object.entries(found.networks)) {
    const given = parameters[parameter]
    if (given !== undefined && given !== value)
      throw networksDiffer(found.origin, { parameter, found: String(value), needed: String(given) })
  }
  if ((await hashFile(found.file)) !== found.origin.sha256) throw damaged(found)
  return found
}

/** The runs of a project, each with what keeps it from being started from in the open one. */
export function listOfferedRuns(
  open: OpenProject,
  { folder, recipe, sqlite }: RequestInput<'runs.offered'> & { readonly sqlite: SqliteOptions },
): OfferedRuns {
  const wanted = kindWanted(open, { recipe, parameters: {} })
  return lookInto(open, { folder, sqlite }, (db, name) => ({
    project: name,
    runs: listRuns(db).map(({ id }) => {
      const run = getRunDetails(db, id)
      const checkpoint = latestCheckpoint(db, id)
      const difference = baseDifference(factsOf(db, { run, name }), wanted)
      return {
        ...{ runId: id, recipe: run.recipe, size: run.size, classNames: run.classNames, endedAt: run.endedAt },
        step: checkpoint?.step ?? run.step,
        refusal: difference === null ? null : { code: difference.code, details: difference.details },
      }
    }),
  }))
}

/** A request with what its base decides. @throws FlawsmithError `invalid_request` where it contradicts itself, `base_invalid` */
export function withBase<Input extends Asked>(input: Input, found: FoundOrigin | null): Input {
  const { parameters = {} } = input
  const { base } = parameters
  if (found === null) {
    if (base !== 'run') return input
    throw new FlawsmithError(
      'base_invalid',
      'The run to start from is not named. Name it (--base PROJECT:RUN), or start from made-up surfaces (base surfaces).',
      { base: 'run', why: 'it is not named' },
    )
  }
  if (base !== undefined && base !== 'run') {
    const message = `A run to start from is named, and the parameter base is ${String(base)}. Leave one of them out.`
    throw new FlawsmithError('invalid_request', message, { parameter: 'base', value: base })
  }
  return { ...input, parameters: { ...parameters, ...found.networks, base: 'run' } }
}

/** @throws FlawsmithError `base_invalid` where the recipe, or its networks of this edition, always start from nothing */
function refuseWithoutBases(
  { recipe: id, size, channels }: NetworkKind & { readonly recipe: RecipeId },
  given: ParameterValues,
): void {
  const recipe = findRecipe(id)
  const byDefault = Object.fromEntries(recipe.parameters.map((parameter) => [parameter.name, parameter.default]))
  if (recipe.baseOf?.({ size, channels, parameters: { ...byDefault, ...given } }) === 'given') return
  const edition = wordOf(given['edition'])
  const what = edition === null ? id : `${id} of edition ${edition}`
  throw new FlawsmithError(
    'base_invalid',
    `${what} always starts from nothing, never from another run. Choose crgan of edition 2, or name no run to start from.`,
    { recipe: id, why: 'starts from nothing' },
  )
}

const kindWanted = (
  { size, channels }: OpenProject,
  { recipe, parameters }: { readonly recipe: RecipeId; readonly parameters: ParameterValues },
): NetworkKind & { readonly recipe: RecipeId } => {
  const byDefault = findRecipe(recipe).parameters.find(({ name }) => name === 'edition')?.default
  return { recipe, edition: wordOf(parameters['edition'] ?? byDefault), size, channels }
}

const wordOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The open project is read through its own connection: this process has it locked. */
function lookInto<Result>(
  open: OpenProject,
  { folder, sqlite }: { readonly folder: string; readonly sqlite: SqliteOptions },
  look: (db: Db, name: string) => Result,
): Result {
  const isOpen = resolve(open.folder) === resolve(folder)
  const db = isOpen ? open.db : openDatabaseImage(folder, sqlite)
  try {
    return look(db, readProject(db, folder).name.slice(0, longestName))
  } finally {
    if (!isOpen) db.close()
  }
}

function originOf(
  db: Db,
  {
    name,
    folder,
    wanted,
    runId,
  }: {
    readonly name: string
    readonly folder: string
    readonly wanted: NetworkKind
    readonly runId: RunId | undefined
  },
): FoundOrigin {
  const fits = (id: RunId): boolean =>
    baseDifference(factsOf(db, { run: getRunDetails(db, id), name }), wanted) === null
  const ofRecipe = listRuns(db).filter(({ recipe }) => recipe === wanted.recipe)
  // The newest that fits; where none does, the newest says why.
  const chosen = runId ?? (ofRecipe.find(({ id }) => fits(id)) ?? ofRecipe[0])?.id
  if (chosen === undefined) throw noRunToStartFrom(name, wanted)
  if (!listRuns(db).some(({ id }) => id === chosen))
    throw new FlawsmithError(
      'run_not_found',
      `There is no run ${chosen} in “${name}”. See \`flawsmith runs ${folder}\`.`,
      {
        run: chosen,
        project: name,
      },
    )
  const run = getRunDetails(db, chosen)
  const difference = baseDifference(factsOf(db, { run, name }), wanted)
  const checkpoint = latestCheckpoint(db, chosen)
  if (difference !== null || checkpoint === null) throw difference ?? noRunToStartFrom(name, wanted)
  return {
    origin: {
      ...{ project: name, projectUid: readProjectUid(db), run: chosen, recipe: run.recipe, size: run.size },
      ...{ edition: wanted.edition ?? '', channels: wanted.channels, step: checkpoint.step, sha256: checkpoint.sha256 },
    },
    file: checkpointFile(resolve(folder), { runId: chosen, file: checkpoint.file }),
    networks: networksOf(run),
  }
}

const factsOf = (db: Db, { run, name }: { readonly run: RecordedRun; readonly name: string }): FoundRun => ({
  ...{ project: name, run: run.id, recipe: run.recipe, size: run.size, status: run.status },
  edition: wordOf({ ...findRecipe(run.recipe).ofOlderRuns, ...run.parameters }['edition']),
  channels: readProject(db, '').channels,
  hasCheckpoint: run.checkpointStep !== null,
})

function networksOf({ recipe, parameters }: RecordedRun): ParameterValues {
  const names = findRecipe(recipe).networkParameters ?? []
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)))
}

const damaged = ({ origin: { project, run }, file }: FoundOrigin): FlawsmithError =>
  new FlawsmithError(
    'base_invalid',
    `Run ${run} of “${project}” cannot be started from: ${file} is missing or not the file that was recorded. Verify that project and get the file back from a copy, choose another run, or start from made-up surfaces (base surfaces).`,
    { project, run, file, why: 'missing or changed' },
  )
