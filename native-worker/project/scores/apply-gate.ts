import type { ClassId } from '../../../contract/ids.ts'
import { gateCandidate } from '../../metrics/gate/gate-candidate.ts'
import { rateCandidate } from '../../metrics/gate/rate-candidate.ts'
import type { Project } from '../open-project.ts'
import { execute, inTransaction, selectAll } from '../storage/query.ts'
import { parseScores, scoresOfSample } from '../storage/sample-scores.ts'
import { gateLimits } from './gate-state.ts'

/**
 * Says of every candidate with scores whether the gate holds it back, by the shares of the project, and what it is worth to order by.
 * Changes no decision, deletes nothing, and takes back no release. What has no scores keeps what was said of it.
 */
export const applyGate = ({ db }: Pick<Project, 'db'>): void =>
  inTransaction(db, () => {
    const limitsOf = gateLimits(db)
    const samples = selectAll<{ id: number; classId: ClassId; gate: string | null; scores: string }>(
      db,
      `SELECT samples.id, COALESCE(c.merged_into, c.id) AS classId, gate, ${scoresOfSample} AS scores
       FROM samples JOIN classes c ON c.id = samples.class_id`,
    )
    for (const { id, classId, scores } of samples) {
      const values = parseScores(scores)?.values
      if (values === undefined) continue
      const limits = limitsOf(classId)
      const reasons = gateCandidate(values, limits)
      const rating = rateCandidate(values, limits)
      execute(db, 'UPDATE samples SET gate = :gate, quality = :quality, doubt = :doubt WHERE id = :id', {
        id,
        gate: reasons.length === 0 ? null : JSON.stringify(reasons),
        quality: rating?.quality ?? null,
        doubt: rating?.doubt ?? null,
      })
    }
  })
