import type { JobId } from '../../../contract/ids.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { RequestInput } from '../../../contract/service.ts'
import { countReviews } from '../../project/storage/samples.ts'
import type { ServiceContext } from '../service-context.ts'
import { scoreProject } from './score-project.ts'

/** Scores at low priority, once at a time. Throws `job_active`, `project_read_only`. */
export function startScoring(
  { project, jobs, events, engines, images, runtime }: ServiceContext,
  { runId, engine }: RequestInput<'scores.compute'>,
): { readonly jobId: JobId } {
  const target = project.requireWritable()
  if (jobs.active().some(({ kind }) => kind === 'scores.compute'))
    throw new FlawsmithError('job_active', '“scores.compute” is under way. Wait until it ends, or cancel it.', {
      job: 'scores.compute',
    })
  return jobs.start('scores.compute', async (context) => {
    try {
      return await scoreProject({
        ...context,
        ...{ project: target, runtime, images, runId: runId ?? null },
        engine: await engines.choose(engine),
      })
    } finally {
      events.emit('samples.changed', countReviews(target.db))
    }
  })
}
