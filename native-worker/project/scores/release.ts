import type { SampleId } from '../../../contract/ids.ts'
import { isQuarantined, type Sample } from '../../../contract/samples.ts'
import type { Project } from '../open-project.ts'
import { recordOverride } from '../storage/gate-overrides.ts'
import { ensureInspector } from '../storage/inspectors.ts'
import { execute, inTransaction } from '../storage/query.ts'
import { getSample } from '../storage/samples.ts'

/**
 * Lets quarantined candidates into the review queue, in the name of a person and on record. Those that are not quarantined stay as they are.
 * Throws `sample_not_found`.
 */
export const release = (
  { db }: Pick<Project, 'db'>,
  { sampleIds, by }: { readonly sampleIds: readonly SampleId[]; readonly by: string },
): Sample[] =>
  inTransaction(db, () => {
    ensureInspector(db, by)
    return [...new Set(sampleIds)].map((sampleId) => {
      const sample = getSample(db, sampleId)
      if (!isQuarantined(sample)) return sample
      recordOverride(db, { sample, kind: 'released', decisionId: null, by })
      execute(db, 'UPDATE samples SET released = 1 WHERE id = :sampleId', { sampleId })
      return { ...sample, isReleased: true }
    })
  })
