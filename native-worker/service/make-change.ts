import type { ChangeOutcome } from '../../contract/changes.ts'
import type { Db } from '../project/storage/query.ts'
import { announceDataset } from './announce-dataset.ts'
import { startComparingUndivided } from './compare-images.ts'
import type { ServiceContext } from './service-context.ts'

export type ChangeContext = Pick<ServiceContext, 'project' | 'events' | 'jobs' | 'images' | 'keepsSchedule'>

/**
 * What a person changes of the open project's data set; told to every window where it was not so already. In the app, images that came back
 * and that no split holds are compared with the others; the command line does so where it needs them.
 */
export function makeChange(
  { project, events, keepsSchedule, ...compare }: ChangeContext,
  work: (db: Db) => ChangeOutcome,
): ChangeOutcome {
  const target = project.requireWritable()
  const outcome = work(target.db)
  if (outcome.batch === null) return outcome
  announceDataset(events, target.db)
  if (keepsSchedule) startComparingUndivided(target, { events, ...compare })
  return outcome
}
