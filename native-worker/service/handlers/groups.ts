import type { ChangeOutcome } from '../../../contract/changes.ts'
import { joinGroups, splitGroups } from '../../project/dataset/groups/decide-groups.ts'
import { findNearDuplicates } from '../../project/dataset/groups/find-near-duplicates.ts'
import { groupSettings } from '../../project/storage/groups.ts'
import { listGroups } from '../../project/storage/list-groups.ts'
import type { Db } from '../../project/storage/query.ts'
import { uncrossGroups } from '../../project/storage/splits.ts'
import { announceDataset } from '../announce-dataset.ts'
import { makeChange } from '../make-change.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const groupHandlers = (context: ServiceContext): Handlers<VerbsOf<'groups'>> => {
  const { project, jobs, events, images } = context
  const decide = (work: (db: Db) => ChangeOutcome): ChangeOutcome => makeChange(context, work)
  return {
    'groups.find': (asked) => {
      const target = project.requireWritable()
      const settings = { ...groupSettings(target.db), ...asked }
      return jobs.start('groups.find', async ({ signal, report }) => {
        const state = await findNearDuplicates({ project: target, images, settings, signal, onProgress: report })
        announceDataset(events, target.db)
        return state
      })
    },
    'groups.join': (input) => decide((db) => joinGroups(db, input)),
    'groups.split': (input) => decide((db) => splitGroups(db, input)),
    'groups.list': (input) => listGroups(project.require().db, input),
    'groups.uncross': () => {
      const { db } = project.requireWritable()
      uncrossGroups(db)
      return announceDataset(events, db)
    },
  }
}
