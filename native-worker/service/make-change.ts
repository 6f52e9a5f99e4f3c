import type { ChangeOutcome } from '../../contract/changes.ts'
import type { Db } from '../project/storage/query.ts'
import { announceDataset } from './announce-dataset.ts'
import type { ServiceContext } from './service-context.ts'

/** What a person changes of the open project's data set; told to every window where it was not so already. */
export function makeChange(
  { project, events }: Pick<ServiceContext, 'project' | 'events'>,
  work: (db: Db) => ChangeOutcome,
): ChangeOutcome {
  const { db } = project.requireWritable()
  const outcome = work(db)
  if (outcome.batch !== null) announceDataset(events, db)
  return outcome
}
