import type { Sha256 } from '../../contract/ids.ts'
import type { UpliftArm, UpliftFinding, UpliftRecommendation, UpliftResult } from '../../contract/uplift.ts'
import type { Project } from '../../native-worker/project/open-project.ts'
import { ensureUpliftPlan, insertUpliftVerdict } from '../../native-worker/project/storage/uplift.ts'
import { readUpliftInput } from '../../native-worker/service/uplift/read-uplift-input.ts'
import { hashBasis, upliftBasis } from '../../native-worker/service/uplift/uplift-basis.ts'

/**
 * Records a verdict on the project as it is, as a measurement would: that a way helps, with so many samples of every class by its name, or
 * that nothing does.
 */
export function recordVerdict(
  project: Project,
  recommended: UpliftRecommendation | null,
  counts: Readonly<Record<string, number>> = {},
  overall?: UpliftFinding,
): UpliftResult {
  const input = readUpliftInput(project)
  const basis = upliftBasis(input, project)
  const figures = { macroF1: 80, balancedAccuracy: 80, falseAlarms: null, confusion: [] }
  const interval = { low: recommended === null ? -2 : 2, high: 9 }
  const arm: UpliftArm = {
    ...(recommended ?? { arm: 'painted', source: null, gated: false, painted: true, dose: 0, mix: 'mixed' }),
    ...figures,
    ...interval,
    ...{ preferred: true, curve: [], delta: 5, corrected: interval, bootstrap: interval, losers: [], perClass: [] },
    synthetic: input.classes.map(({ name }) => counts[name] ?? 0),
    finding: recommended === null ? 'noEvidence' : 'helps',
  }
  const result: UpliftResult = {
    painting: { families: 2, perFamily: 2 },
    ...{ mode: 'quick', measuredAt: new Date().toISOString(), seconds: 1, engine: 'wasm', edge: 16 },
    ...{ seeds: [1, 2, 3, 4, 5], updates: 10, atPlateau: true, inputs: hashBasis(basis), basis },
    classes: input.classes.map((each, label) => ({
      ...each,
      ...{ train: input.train.counts[label] ?? 0, validation: 0, test: input.test.counts[label] ?? 0 },
    })),
    ...{ nTest: input.test.images.length, nTestGroups: input.test.images.length },
    reference: { ...figures, deviation: 1, updates: 10, macroF1AtOnce: 80, macroF1Longer: 79, recalls: [] },
    arms: [arm],
    absent: [],
    verdict: {
      ...{ overall: overall ?? arm.finding, perClass: [], recommended, unjudged: [], nearCeiling: false },
    },
  }
  const { id: planId } = ensureUpliftPlan(project.db, {
    sha256: result.inputs as Sha256,
    wish: { mode: 'quick' },
  })
  insertUpliftVerdict(project.db, { planId, result })
  return result
}
