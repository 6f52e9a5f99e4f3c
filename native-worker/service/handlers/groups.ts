import { findNearDuplicates } from '../../project/dataset/groups/find-near-duplicates.ts'
import { summarizeDataset } from '../../project/storage/classes.ts'
import { groupSettings } from '../../project/storage/groups.ts'
import { listGroups } from '../../project/storage/list-groups.ts'
import type { Db } from '../../project/storage/query.ts'
import { countReviews } from '../../project/storage/samples.ts'
import { uncrossGroups } from '../../project/storage/splits.ts'
import type { DatasetSummary } from '../../../contract/dataset.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const groupHandlers = ({ project, jobs, events, images }: ServiceContext): Handlers<VerbsOf<'groups'>> => {
  const changed = (db: Db): DatasetSummary => {
    const summary = summarizeDataset(db)
    events.emit('dataset.changed', summary)
    events.emit('samples.changed', countReviews(db))
    return summary
  }
  return {
    'groups.find': (asked) => {
      const target = project.requireWritable()
      const settings = { ...groupSettings(target.db), ...asked }
      return jobs.start('groups.find', async ({ signal, report }) => {
        const state = await findNearDuplicates({ project: target, images, settings, signal, onProgress: report })
        changed(target.db)
        return state
      })
    },
    'groups.list': (input) => listGroups(project.require().db, input),
    'groups.uncross': () => {
      const { db } = project.requireWritable()
      uncrossGroups(db)
      return changed(db)
    },
  }
}
