import { FlawsmithError } from '../../../contract/errors.ts'
import type { RunId, SampleId } from '../../../contract/ids.ts'
import type { CandidatesDrawn } from '../../../contract/jobs.ts'
import type { WantedCandidates } from '../../../contract/proposed-count.ts'
import { wantedBelowTarget } from '../../../contract/proposed-count.ts'
import type { Project } from '../../project/open-project.ts'
import { getRunDetails } from '../../project/storage/runs.ts'
import { countReviews } from '../../project/storage/samples.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import { drawableClasses } from './drawable-classes.ts'
import { generateSamples } from './generate-samples.ts'

/**
 * The classes of a run that are below their target, with how many candidates each needs.
 * @throws FlawsmithError `all_at_target` where there is none
 */
export function planBelowTarget({ db }: Project, runId: RunId): readonly WantedCandidates[] {
  const run = getRunDetails(db, runId)
  const wanted = wantedBelowTarget(countReviews(db), { drawable: drawableClasses(db, run) })
  if (wanted.length > 0) return wanted
  throw new FlawsmithError(
    'all_at_target',
    `Of the classes that run ${runId} can draw (${run.classNames.join(', ')}), none lacks candidates: review the pending ones, or name a class and a number.`,
    { run: runId },
  )
}

/** Draws class after class; what a cancelled or failed one has drawn stays. */
export async function generateBelowTarget({
  wanted,
  onProgress,
  ...from
}: {
  project: Project
  runtime: ComputeRuntime
  runId: RunId
  fromStep?: number
  wanted: readonly WantedCandidates[]
  signal: AbortSignal
  onProgress: (done: number, total: number) => void
}): Promise<CandidatesDrawn> {
  const total = wanted.reduce((sum, { count }) => sum + count, 0)
  const samples: SampleId[] = []
  const classes: WantedCandidates[] = []
  for (const each of wanted) {
    if (from.signal.aborted) break
    const before = samples.length
    const drawn = await generateSamples({
      ...from,
      classId: each.classId,
      count: each.count,
      onProgress: (done) => {
        onProgress(before + done, total)
      },
    })
    samples.push(...drawn)
    classes.push({ ...each, count: drawn.length })
  }
  return { runId: from.runId, samples, classes }
}
