import { candidateHistory } from '../../project/review/candidate-history.ts'
import { decide } from '../../project/review/decide.ts'
import { undo } from '../../project/review/undo.ts'
import { lastDecision } from '../../project/storage/decisions.ts'
import { countReviews } from '../../project/storage/samples.ts'
import { release } from '../../project/scores/release.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const reviewHandlers = ({ project, events }: ServiceContext): Handlers<VerbsOf<'review'>> => ({
  'review.decide': (input) => {
    const open = project.requireWritable()
    const changed = decide(open, input)
    events.emit('samples.changed', countReviews(open.db))
    return changed
  },
  'review.lastDecision': () => lastDecision(project.require().db).id,
  'review.undo': (input) => {
    const { db } = project.requireWritable()
    const outcome = undo(db, input)
    if (outcome.samples !== null) events.emit('samples.changed', countReviews(db))
    return outcome
  },
  'review.release': (input) => {
    const open = project.requireWritable()
    const released = release(open, input)
    events.emit('samples.changed', countReviews(open.db))
    return released
  },
  'review.history': ({ sampleId }) => candidateHistory(project.require().db, sampleId),
  'review.counts': () => countReviews(project.require().db),
})
