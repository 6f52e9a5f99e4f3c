import type { SampleId } from '../../../contract/ids.ts'
import type { RejectReason, ReviewAction, Sample } from '../../../contract/samples.ts'
import { ensureInspector } from '../storage/inspectors.ts'
import { inTransaction } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { recordDecisions } from './record-decisions.ts'
import { stateAfter } from './state-after.ts'

interface DecideOptions {
  readonly sampleIds: readonly SampleId[]
  readonly action: ReviewAction
  /** Why it is rejected; `unspecified` unless given. An acceptance has none. */
  readonly reason?: RejectReason
  readonly by: string
}

/**
 * Accepts or rejects samples: all of them or, where one is unknown, none. Durable when it returns, whatever happens next.
 * A sample may be decided again; the newest decision counts. Throws `sample_not_found`.
 */
export const decide = (db: Db, { sampleIds, action, reason = 'unspecified', by }: DecideOptions): Sample[] =>
  inTransaction(db, () => {
    const why = action === 'reject' ? reason : null
    return recordDecisions(db, {
      inspectorId: ensureInspector(db, by),
      inspectorName: by,
      drafts: [...new Set(sampleIds)].map((sampleId) => ({
        sampleId,
        action,
        reason: why,
        undoes: null,
        result: (id) => stateAfter({ id, action, reason: why }),
      })),
    })
  })
