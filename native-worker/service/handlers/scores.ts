import { applyGate } from '../../project/scores/apply-gate.ts'
import { compareRuns } from '../../project/scores/compare-runs.ts'
import { gateState } from '../../project/scores/gate-state.ts'
import { typicalImages } from '../../project/scores/typical-images.ts'
import { writeGateShares } from '../../project/storage/gate-shares.ts'
import { inTransaction } from '../../project/storage/query.ts'
import { countReviews } from '../../project/storage/samples.ts'
import { startScoring } from '../scores/start-scoring.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const scoreHandlers = (context: ServiceContext): Handlers<VerbsOf<'scores'>> => ({
  'scores.compute': (input) => startScoring(context, { ...input, kind: 'scores.compute' }),
  'scores.evaluate': (input) => startScoring(context, { ...input, kind: 'scores.evaluate' }),
  'scores.gate': ({ shares }) => gateState(context.project.require(), shares),
  'scores.setGate': ({ shares }) => {
    const open = context.project.requireWritable()
    inTransaction(open.db, () => {
      writeGateShares(open.db, shares)
      applyGate(open)
    })
    context.events.emit('samples.changed', countReviews(open.db))
    return gateState(open)
  },
  'scores.runs': () => compareRuns(context.project.require()),
  'scores.typical': ({ classId }) => typicalImages(context.project.require().db, classId),
})
