import { settleLabelConflict } from '../../project/dataset/changes/settle-label-conflict.ts'
import { listLabelConflicts } from '../../project/storage/label-claims.ts'
import { announceDataset } from '../announce-dataset.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const conflictHandlers = ({ project, events }: ServiceContext): Handlers<VerbsOf<'conflicts'>> => ({
  'conflicts.list': () => listLabelConflicts(project.require().db),
  'conflicts.settle': (input) => {
    const { db } = project.requireWritable()
    settleLabelConflict(db, input)
    announceDataset(events, db)
    return listLabelConflicts(db)
  },
})
