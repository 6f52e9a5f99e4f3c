import type { ChangeOutcome } from '../../../contract/changes.ts'
import { leaveClassOut, mergeClasses, removeClass, renameClass } from '../../project/dataset/changes/change-classes.ts'
import type { Db } from '../../project/storage/query.ts'
import { makeChange } from '../make-change.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export function classHandlers(context: ServiceContext): Handlers<VerbsOf<'classes'>> {
  const change = (work: (db: Db) => ChangeOutcome): ChangeOutcome => makeChange(context, work)
  return {
    'classes.rename': (input) => change((db) => renameClass(db, input)),
    'classes.merge': (input) => change((db) => mergeClasses(db, input)),
    'classes.remove': (input) => change((db) => removeClass(db, input)),
    'classes.leaveOut': (input) => change((db) => leaveClassOut(db, input)),
  }
}
