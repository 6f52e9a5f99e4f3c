import type { RejectReason, SampleState } from '../../../contract/samples.ts'
import type { Decision } from '../storage/decisions.ts'

export interface DecidedState {
  readonly state: SampleState
  readonly reason: RejectReason | null
  readonly decisionId: number | null
}

/** What the last decision that still stands makes of a sample. */
export function stateAfter(decision: Pick<Decision, 'id' | 'action' | 'reason'> | null): DecidedState {
  if (decision === null) return { state: 'pending', reason: null, decisionId: null }
  return decision.action === 'accept'
    ? { state: 'accepted', reason: null, decisionId: decision.id }
    : { state: 'rejected', reason: decision.reason, decisionId: decision.id }
}
