import { readFile } from 'node:fs/promises'
import { judgeLikeness } from '../../../contract/class-likeness.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { Sample } from '../../../contract/samples.ts'
import type { RecipeDescription, RecipeId } from '../../../contract/training.ts'
import { imageFile } from '../../files/project-paths.ts'
import { evenlySpread } from '../../metrics/evenly-spread.ts'
import { countExcludedSince } from '../dataset/changes/find-learners.ts'
import type { Project } from '../open-project.ts'
import { chainHead } from '../record/chain-head.ts'
import { gateState } from '../scores/gate-state.ts'
import { listClasses, summarizeDataset } from '../storage/classes.ts'
import { countDecisions, countOverrides } from '../storage/decision-counts.ts'
import { listImports } from '../storage/list-imports.ts'
import { readMetrics } from '../storage/metrics.ts'
import { getRunDetails, listRuns } from '../storage/runs.ts'
import { listSamples } from '../storage/samples.ts'
import { readSourceSizes } from '../storage/source-sizes.ts'
import type { AcceptedStrip, ReportDocument, ReportedRun } from './report-document.ts'

const pairsPerClass = 6
const classesWithPairs = 10
/** Of all pictures in a report together. */
const mostPictureBytes = 4_000_000

export interface ReportSource {
  readonly verdict: ReportDocument['verdict']
  readonly version: string
  readonly isImporting: boolean
  readonly findRecipe: (recipe: RecipeId) => Pick<RecipeDescription, 'title' | 'trains'>
}

/** All that a report of the open project says, as the project is in this moment. Nothing is written; a read-only project will do. */
export async function readReportDocument(
  project: Project,
  { verdict, version, isImporting, findRecipe }: ReportSource,
): Promise<ReportDocument> {
  const { db } = project
  const { name, size, channels, createdAt } = project.describe()
  // In one turn, so that the record's head is of what is told.
  const told = {
    project: { name, size, channels, createdAt },
    writtenAt: new Date().toISOString(),
    version,
    record: chainHead(db),
    verdict,
    dataset: summarizeDataset(db),
    sources: readSourceSizes(db),
    imports: listImports(db, { isImporting }).toReversed(),
    runs: listRuns(db)
      .toReversed()
      .map(({ id }) => readRun(project, { id, findRecipe })),
    gate: gateState(project),
    decisions: countDecisions(db),
    overrides: countOverrides(db),
  }
  return { ...told, strips: await fillStrips(chooseStrips(project), project) }
}

function readRun(
  project: Project,
  { id, findRecipe }: Pick<ReportSource, 'findRecipe'> & { readonly id: ReportedRun['id'] },
): ReportedRun {
  const run = getRunDetails(project.db, id)
  const { title, trains } = findRecipe(run.recipe)
  const sha256 = run.versions['base']
  return {
    ...{ id, recipe: run.recipe, title, trains, classNames: run.classNames },
    ...{ status: run.status, end: run.end, engine: run.engine, size: run.size, seed: run.seed, step: run.step },
    checkpointStep: run.checkpointStep,
    ...{ seconds: run.seconds, createdAt: run.createdAt, learnedFrom: run.learnedFrom, datasetSize: run.datasetSize },
    excludedSince: countExcludedSince(project, id),
    ...{ versions: run.versions, parameters: run.parameters },
    base: sha256 === undefined ? null : { sha256, origin: run.origin },
    likeness: judgeLikeness(readMetrics(project.db, id), { classNames: run.classNames }).filter(
      ({ coverage, distance }) => coverage !== null || distance !== null,
    ),
  }
}

interface ChosenStrip extends Pick<AcceptedStrip, 'className' | 'accepted'> {
  readonly pairs: readonly {
    readonly runId: number
    readonly sha256: Sha256
    readonly nearest: { readonly imageId: number; readonly sha256: Sha256; readonly distance: number | null } | null
  }[]
}

/** A few accepted samples of each class, evenly over all of them: not the best. */
const chooseStrips = ({ db }: Project): readonly ChosenStrip[] =>
  listClasses(db)
    .filter(({ leftOut }) => !leftOut)
    .map(({ id, name }) => ({ name, ...listSamples(db, { classId: id, state: 'accepted', offset: 0, limit: 10_000 }) }))
    .filter(({ total }) => total > 0)
    .slice(0, classesWithPairs)
    .map(({ name, items, total }) => ({
      className: name,
      accepted: total,
      pairs: evenlySpread(items, pairsPerClass).map(({ runId, sha256, scores }) => ({
        ...{ runId, sha256 },
        nearest: nearestOf(scores),
      })),
    }))

const nearestOf = (scores: Sample['scores']): ChosenStrip['pairs'][number]['nearest'] => {
  const nearest = scores?.nearest ?? null
  return nearest === null ? null : { ...nearest, distance: scores?.values.imageDistance ?? null }
}

async function fillStrips(
  chosen: readonly ChosenStrip[],
  { imagesFolder }: Pick<Project, 'imagesFolder'>,
): Promise<readonly AcceptedStrip[]> {
  let bytesLeft = mostPictureBytes
  const pictureOf = async (sha256: Sha256): Promise<string | null> => {
    const bytes = await readFile(imageFile(imagesFolder, sha256)).catch(nullWhereGone)
    bytesLeft -= bytes?.length ?? 0
    return bytes === null ? null : bytes.toString('base64')
  }
  const strips: AcceptedStrip[] = []
  for (const { className, accepted, pairs } of chosen) {
    const filled: AcceptedStrip['pairs'][number][] = []
    for (const { runId, sha256, nearest } of pairs) {
      if (bytesLeft <= 0) break
      filled.push({
        runId,
        sample: await pictureOf(sha256),
        nearest:
          nearest === null
            ? null
            : { imageId: nearest.imageId, picture: await pictureOf(nearest.sha256), distance: nearest.distance },
      })
    }
    strips.push({ className, accepted, pairs: filled })
  }
  return strips
}

/** The report says that a picture is missing; verify names it. */
function nullWhereGone(thrown: unknown): null {
  if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
  throw thrown
}
