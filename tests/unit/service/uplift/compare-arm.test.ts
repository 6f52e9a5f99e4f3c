import { expect, test } from 'vitest'
import type { ClassId, Sha256 } from '../../../../contract/ids.ts'
import { toldFinding } from '../../../../contract/uplift-verdict.ts'
import { confusionOf, scoreConfusion } from '../../../../native-worker/metrics/uplift/confusion.ts'
import type { Repeats } from '../../../../native-worker/service/uplift/cell-book.ts'
import { compareArm } from '../../../../native-worker/service/uplift/compare-arm.ts'
import type { UpliftInput, UpliftSide } from '../../../../native-worker/service/uplift/uplift-input.ts'

const counts = [6, 4]
const truth = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
const side: UpliftSide = {
  images: truth.map((_, index) => index.toString(16).repeat(64) as Sha256),
  ...{ counts, groups: truth.map((_, index) => index) },
}
const input: UpliftInput = {
  classes: ['good', 'pit'].map((name, label) => ({ classId: (label + 1) as ClassId, name, isFreeOfDefects: false })),
  ...{ train: side, validation: null, heldOut: [], test: side, sources: [], canPaint: false, absent: [] },
}

/** Of the four pits so many are found, repeat by repeat. */
function finding(pits: readonly number[]): Repeats {
  const predicted = pits.map((found) => truth.map((label, index) => (label === 1 && index - 6 >= found ? 0 : label)))
  const confusions = predicted.map((each) => confusionOf(truth, each, { classCount: 2 }))
  const scores = confusions.map(scoreConfusion)
  const macroF1 = (100 * scores.reduce((sum, score) => sum + score.macroF1, 0)) / scores.length
  return { predicted, confusions, scores, macroF1, seconds: 0 }
}

test('no class loses or gains more than it can, and what is wider than that is too noisy to tell', () => {
  const reference = finding([2, 2, 2, 2, 2])
  const compared = compareArm(
    { arm: finding([0, 4, 0, 4, 1]), reference },
    { input, repeatsNeeded: 5, error: 0.05 / 12 },
  )
  const pit = compared.perClass[1]
  if (pit === undefined) throw new Error('no pits')
  expect(pit).toMatchObject({ referenceRecall: 50, low: -50, high: 50, tooNoisy: true, finding: 'noEvidence' })
  expect(toldFinding(pit)).toBe('tooNoisy')
  for (const { low, high } of [compared, compared.corrected, compared.bootstrap]) {
    expect(low).toBeGreaterThanOrEqual(-reference.macroF1)
    expect(high).toBeLessThanOrEqual(100 - reference.macroF1)
  }
  expect(compared.perClass[0]).toMatchObject({ low: 0, high: 0, tooNoisy: false })
})
