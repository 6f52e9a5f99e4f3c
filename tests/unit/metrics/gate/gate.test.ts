import { describe, expect, test } from 'vitest'
import { defaultGateShares } from '../../../../contract/scores.ts'
import { deriveLimits } from '../../../../native-worker/metrics/gate/derive-limits.ts'
import { gateCandidate, type ScoreValues } from '../../../../native-worker/metrics/gate/gate-candidate.ts'
import { heldOutRate } from '../../../../native-worker/metrics/gate/held-out-rate.ts'
import { rateCandidate } from '../../../../native-worker/metrics/gate/rate-candidate.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'

const random = RandomStream.fromSeed(4, 'gate')
const drawReal = (count: number): ScoreValues[] =>
  Array.from({ length: count }, () => ({
    imageDistance: 0.8 + 0.1 * random.uniform(),
    domainDistance: 1 + random.uniform(),
    randomDistance: 1 + random.uniform(),
    classAgreement: 0.3 + 0.7 * random.uniform(),
  }))
const real = drawReal(400)
const limits = deriveLimits({ ofClass: real, ofAll: real }, defaultGateShares)

describe('one candidate', () => {
  test.each([
    [
      'in the middle of the real ones',
      { imageDistance: 0.85, domainDistance: 1.5, randomDistance: 1.5, classAgreement: 0.9 },
      [],
    ],
    ['nearer than real ones are', { imageDistance: 0.7 }, ['copy']],
    [
      'nearer, and near by what networks see',
      { imageDistance: 0.7, domainDistance: 1.9, randomDistance: 1.2 },
      ['copy'],
    ],
    ['nearer, but not by what networks see', { imageDistance: 0.7, domainDistance: 1.8, randomDistance: 1.9 }, []],
    ['far nearer, whatever networks see', { imageDistance: 0.3, domainDistance: 1.8, randomDistance: 1.9 }, ['copy']],
    ['near by what networks see alone', { imageDistance: 0.85, domainDistance: 0.1 }, []],
    ['farther than real ones are', { randomDistance: 2.5 }, ['too_far']],
    ['called otherwise', { classAgreement: 0.1 }, ['class_disagrees']],
    ['nothing measured', {}, []],
  ] as const)('%s', (_, scores, expected) => {
    expect(gateCandidate(scores, limits)).toEqual(expected)
  })

  test('the same picture is a copy although no limit is meaningful', () => {
    const none = deriveLimits({ ofClass: drawReal(5), ofAll: drawReal(12) }, defaultGateShares)
    expect(none.copyImage).toEqual({ kind: 'notMeaningful', images: 12, needed: 30 })
    expect(gateCandidate({ imageDistance: 0 }, none)).toEqual(['copy'])
    expect(gateCandidate({ imageDistance: 0.5, randomDistance: 99, classAgreement: 0 }, none)).toEqual([])
  })
})

test('a small class takes the limits of all classes, and says so', () => {
  const { farRandom } = deriveLimits({ ofClass: drawReal(12), ofAll: real }, defaultGateShares)
  expect(farRandom).toMatchObject({ kind: 'limit', from: 'all', images: 400 })
})

test('a share of 0 turns a limit off', () => {
  const off = deriveLimits({ ofClass: real, ofAll: real }, { ...defaultGateShares, tooFar: 0 })
  expect(off.farRandom).toEqual({ kind: 'off' })
  expect(gateCandidate({ randomDistance: 99 }, off)).toEqual([])
})

describe('held-out real images', () => {
  const train = real.map((values, at) => ({ values, label: 0, fold: at % 3 }))

  test('are flagged at about the rate the shares say', () => {
    const val = drawReal(600).map((values) => ({ values, label: 0, fold: null }))
    const rate = heldOutRate([...train, ...val], { label: 0, shares: defaultGateShares })
    expect(rate).toMatchObject({ source: 'val', images: 600 })
    expect(rate.byReason.too_far / 600).toBeLessThan(0.05)
    expect(rate.byReason.class_disagrees / 600).toBeGreaterThan(0.02)
    expect(rate.byReason.class_disagrees / 600).toBeLessThan(0.1)
  })

  test('are taken from folds where there are too few: each judged by the others', () => {
    const rate = heldOutRate(train, { label: 0, shares: { copy: 0.1, tooFar: 0, disagreement: 0 } })
    expect(rate).toMatchObject({ source: 'folds', images: 400, byReason: { too_far: 0 } })
    // Nearer than 10 % by the pictures, and near by either kind of features.
    expect(rate.flagged / 400).toBeGreaterThan(0.04)
    expect(rate.flagged / 400).toBeLessThan(0.12)
  })
})

test('order: what is plausible and of its class first; the undecided first where a person should look', () => {
  const good = rateCandidate({ domainDistance: 1.5, classAgreement: 0.95, grainRatio: 1, sharpnessRatio: 1 }, limits)
  const soft = rateCandidate(
    { domainDistance: 1.5, classAgreement: 0.95, grainRatio: 0.3, sharpnessRatio: 0.4 },
    limits,
  )
  const unsure = rateCandidate({ domainDistance: 1.5, classAgreement: 0.5, grainRatio: 1, sharpnessRatio: 1 }, limits)
  expect(good?.quality).toBeGreaterThan(soft?.quality ?? 1)
  expect(unsure?.doubt).toBeGreaterThan(good?.doubt ?? 1)
  expect(rateCandidate({}, limits)).toBeNull()
})
