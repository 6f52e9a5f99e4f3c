import type { SampleId } from '../../../contract/ids.ts'
import type { Sample } from '../../../contract/samples.ts'
import { execute } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

interface Override {
  readonly sample: Pick<Sample, 'gate' | 'scores'> & { readonly id: SampleId }
  readonly kind: 'released' | 'accepted'
  /** The decision that accepts it. */
  readonly decisionId: number | null
  readonly by: string
}

/** Records that a person let a candidate through, with what the gate said and the scores it said it by. */
export function recordOverride(db: Db, { sample, kind, decisionId, by }: Override): void {
  const { id } = execute(
    db,
    `INSERT INTO gate_overrides (sample_id, kind, decision_id, reasons, scores, made_by, made_at)
     VALUES (:sampleId, :kind, :decisionId, :reasons, :scores, :by, :madeAt)`,
    {
      sampleId: sample.id,
      kind,
      decisionId,
      reasons: JSON.stringify(sample.gate),
      scores: JSON.stringify(sample.scores?.values ?? {}),
      by,
      madeAt: new Date().toISOString(),
    },
  )
  recordRow(db, 'gate_overrides', id)
}
