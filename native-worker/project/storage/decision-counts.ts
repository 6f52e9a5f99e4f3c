import { selectAll } from './query.ts'
import type { Db } from './query.ts'

/** Candidates of a class that somebody decided on alike, as decided last. */
export interface DecisionCount {
  readonly className: string
  readonly inspector: string
  readonly state: 'accepted' | 'rejected'
  readonly reason: string | null
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
}

/** By class, inspector and decision; candidates of a class that was merged count as the other's. */
export const countDecisions = (db: Db): DecisionCount[] =>
  selectAll(
    db,
    `SELECT c.name AS className, d.inspector_name AS inspector, s.state, s.reason, COUNT(*) AS count,
            MIN(d.decided_at) AS firstAt, MAX(d.decided_at) AS lastAt
     FROM samples s JOIN decisions d ON d.id = s.decision_id JOIN classes o ON o.id = s.class_id
     JOIN classes c ON c.id = COALESCE(o.merged_into, o.id)
     GROUP BY c.name, d.inspector_name, s.state, s.reason ORDER BY c.name, d.inspector_name, s.state, count DESC`,
  )

/** Candidates that the gate held back and a person let through all the same. */
export interface OverrideCount {
  readonly kind: 'released' | 'accepted'
  readonly by: string
  readonly count: number
}

export const countOverrides = (db: Db): OverrideCount[] =>
  selectAll(
    db,
    `SELECT kind, made_by AS by, COUNT(DISTINCT sample_id) AS count FROM gate_overrides
     GROUP BY kind, made_by ORDER BY kind, made_by`,
  )
