import { decide } from '../../project/review/decide.ts'
import { undo } from '../../project/review/undo.ts'
import { countReviews } from '../../project/storage/samples.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const reviewHandlers = ({ project, events }: ServiceContext): Handlers<VerbsOf<'review'>> => ({
  'review.decide': (input) => {
    const { db } = project.require()
    const changed = decide(db, input)
    events.emit('samples.changed', countReviews(db))
    return changed
  },
  'review.undo': (input) => {
    const { db } = project.require()
    const changed = undo(db, input)
    events.emit('samples.changed', countReviews(db))
    return changed
  },
  'review.counts': () => countReviews(project.require().db),
})
