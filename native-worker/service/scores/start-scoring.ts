import type { JobId } from '../../../contract/ids.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { JobFinished, JobKind } from '../../../contract/jobs.ts'
import type { RequestInput } from '../../../contract/service.ts'
import { countReviews } from '../../project/storage/samples.ts'
import type { ServiceContext } from '../service-context.ts'
import { jobWords } from '../ports/describe-job.ts'
import { scoreProject } from './score-project.ts'

const scoringJobs: ReadonlySet<JobKind> = new Set<JobKind>(['scores.compute', 'scores.evaluate'])

/** Scores at low priority, once at a time. Throws `job_active`, `project_read_only`. */
export function startScoring(
  { project, jobs, events, engines, images, runtime }: ServiceContext,
  { kind, runId, engine }: RequestInput<'scores.compute'> & { readonly kind: 'scores.compute' | 'scores.evaluate' },
): { readonly jobId: JobId } {
  const target = project.requireWritable()
  const other = jobs.active().find((job) => scoringJobs.has(job.kind))
  if (other !== undefined)
    throw new FlawsmithError(
      'job_active',
      `“${jobWords[other.kind]}” is under way. Wait until it ends, or cancel it.`,
      {
        job: other.kind,
      },
    )
  return jobs.start(kind, async (context) => {
    try {
      return await scoreProject({
        ...context,
        ...{ project: target, runtime, images, runId: runId ?? null, figures: kind === 'scores.evaluate' },
        engine: await engines.choose(engine),
      })
    } finally {
      events.emit('samples.changed', countReviews(target.db))
    }
  })
}

/**
 * After a generation: nobody asks for it, and the window sees the scores come. Where candidates are being scored, those that came since are
 * scored after it.
 */
export function scoreGenerated(context: ServiceContext): void {
  const { jobs, events, project } = context
  const target = project.get()
  // On the command line each command says what it waits for.
  if (!context.keepsSchedule || target === null) return
  if (!jobs.active().some(({ kind }) => scoringJobs.has(kind))) {
    startScoring(context, { kind: 'scores.compute' })
    return
  }
  const stop = events.listen((event) => {
    if (event.name !== 'jobs.finished' || !scoringJobs.has((event.payload as JobFinished).kind)) return
    stop()
    const wasCancelled = !(event.payload as JobFinished).outcome.ok
    if (project.get() === target && !wasCancelled) scoreGenerated(context)
  })
}
