import { settleLabelConflict } from '../../project/dataset/changes/settle-label-conflict.ts'
import { listLabelConflicts } from '../../project/storage/label-claims.ts'
import { announceDataset } from '../announce-dataset.ts'
import { startComparingUndivided } from '../compare-images.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const conflictHandlers = (context: ServiceContext): Handlers<VerbsOf<'conflicts'>> => ({
  'conflicts.list': () => listLabelConflicts(context.project.require().db),
  'conflicts.settle': (input) => {
    const target = context.project.requireWritable()
    const { db } = target
    settleLabelConflict(db, input)
    announceDataset(context.events, db)
    if (context.keepsSchedule) startComparingUndivided(target, context)
    return listLabelConflicts(db)
  },
})
