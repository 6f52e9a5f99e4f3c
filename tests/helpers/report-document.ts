import type { ClassId, ImageId, RunId } from '../../contract/ids.ts'
import type { GateLimit, GateLimits } from '../../contract/scores.ts'
import type { UpliftArm, UpliftClassChange, UpliftDosePoint, UpliftResult } from '../../contract/uplift.ts'
import type { ReportDocument } from '../../native-worker/project/report/report-document.ts'

const names = ['good', '<script>alert(1)</script>', '划痕 & "pit"'] as const
const trained = [200, 28, 16] as const
const tested = [40, 12, 5] as const
const classIds = names.map((_, index) => (index + 1) as ClassId)
const nameOf = (index: number): string => names[index] ?? ''

const perClass: readonly UpliftClassChange[] = names.map((name, index) => ({
  classId: classIds[index] as ClassId,
  ...{ name, nTest: tested[index] ?? 0, referenceRecall: 80 - 10 * index, recall: 82 - 6 * index },
  ...{ delta: 2 + 4 * index, low: -1 - index, high: 5 + 9 * index, finding: 'noEvidence' },
}))

const point = (dose: number, delta: number, mix: UpliftDosePoint['mix'] = 'mixed'): UpliftDosePoint => ({
  ...{ dose, mix, delta, low: delta - 3.5, high: delta + 3.1 },
})

const arm = (name: string, values: Partial<UpliftArm>): UpliftArm => ({
  arm: name,
  ...{ source: 'transplant', gated: true, painted: false, mix: 'mixed', dose: 1, preferred: true },
  curve: [point(0.25, 0.6), point(0.5, 2.2), point(1, 3.9), point(2, -1.4), point(1, 1.5, 'first')],
  synthetic: [0, 172, 184],
  ...{ macroF1: 84.2, balancedAccuracy: 83, delta: 5.8, low: 2, high: 9.6 },
  ...{ corrected: { low: 2, high: 9.6 }, bootstrap: { low: 2.4, high: 9.1 }, finding: 'helps', losers: [] },
  ...{
    falseAlarms: 4.2,
    perClass,
    confusion: [
      [38, 1.5, 0.5],
      [1, 10, 1],
      [0.4, 0.6, 4],
    ],
  },
  ...values,
})

export const reportedVerdict: UpliftResult = {
  ...{ mode: 'full', measuredAt: '2026-11-27T20:14:00.000Z', seconds: 2310, engine: 'wasm', edge: 64 },
  ...{ seeds: [1, 2, 3, 4, 5, 6, 7, 8], updates: 500, atPlateau: true, inputs: 'ab'.repeat(32) },
  classes: names.map((name, index) => ({
    classId: classIds[index] as ClassId,
    ...{ name, train: trained[index] ?? 0, validation: 20 - 6 * index, test: tested[index] ?? 0 },
    isFreeOfDefects: index === 0,
  })),
  ...{ nTest: 57, nTestGroups: 49 },
  reference: {
    ...{ macroF1: 78.4, balancedAccuracy: 77, deviation: 3.9, updates: 500, macroF1AtOnce: 78.4, macroF1Longer: 77.9 },
    ...{
      falseAlarms: 5.1,
      recalls: [95, 70, 60],
      confusion: [
        [37.9, 1.6, 0.5],
        [2, 8.4, 1.6],
        [1, 1, 3],
      ],
    },
  },
  arms: [
    arm('painted+transplant', { painted: true, curve: [point(1, 5.2)] }),
    arm('transplant', { delta: 0.2, low: -3.1, high: 3.6, finding: 'noEvidence' }),
    arm('crgan', {
      ...{ source: 'crgan', delta: -6.3, low: -9.8, high: -2.7, finding: 'hurts', losers: [nameOf(1)] },
      ...{ falseAlarms: 9.4, curve: [point(0.5, -2.8), point(1, -6.3)] },
    }),
    arm('painted', {
      source: null,
      painted: true,
      dose: 0,
      curve: [],
      synthetic: [0, 0, 0],
      delta: 0.6,
      low: -2,
      high: 3.3,
      finding: 'noEvidence',
    }),
  ],
  ways: 5,
  absent: [
    { arm: 'patchwork', why: 'nothingToBalance' },
    { arm: 'painted+patchwork-raw', why: 'ungated' },
  ],
  verdict: {
    ...{ overall: 'helps', perClass, unjudged: [], nearCeiling: false },
    recommended: { arm: 'painted+transplant', source: 'transplant', gated: true, dose: 1, mix: 'mixed', painted: true },
  },
}

const limit = (value: number, from: 'class' | 'all'): GateLimit => ({
  kind: 'limit',
  value,
  from,
  images: from === 'class' ? 200 : 244,
})
const limitsOf = (from: 'class' | 'all'): GateLimits => ({
  ...{ copyImage: limit(0.41, from), copyDomain: limit(0.97, from), copyRandom: limit(1.02, from) },
  ...{
    farDomain: limit(2.4, from),
    farRandom: { kind: 'off' },
    agreement: { kind: 'notMeaningful', images: 12, needed: 30 },
  },
})

/** A whole report with everything that a project may hold, hostile names among it. */
export const fullReport = (): ReportDocument => ({
  project: { name: 'Line 3 <b>“表面”</b>', size: 128, channels: 1, createdAt: '2026-11-20T08:00:00.000Z' },
  ...{ writtenAt: '2026-11-27T21:30:00.000Z', version: '0.1.0' },
  record: { length: 1234, hash: 'c0ffee'.repeat(10) + 'beef', recordedAt: '2026-11-27T21:29:00.000Z' },
  verdict: { result: reportedVerdict, changed: [], arms: ['transplant'], absent: [], isPossible: true },
  dataset: {
    classes: names.map((name, index) => ({
      ...{ id: classIds[index] as ClassId, name, images: 260 - 110 * index, excluded: index, leftOut: false },
      ...{ freeOfDefects: index === 0, pending: 4, quarantined: 3, accepted: 20, rejected: 5 },
      splits: { train: trained[index] ?? 0, val: 20 - 6 * index, test: tested[index] ?? 0 },
      parts: { all: 240 - 110 * index, train: 190 - 85 * index },
    })),
    images: 450,
    split: {
      shares: { val: 0.1, test: 0.2 },
      seed: 1,
      lockedAt: '2026-11-26T10:00:00.000Z',
      lockedByRun: 2,
      given: 12,
      undivided: 4,
    },
    groups: {
      search: {
        searchedAt: '2026-11-26T09:00:00.000Z',
        threshold: 0.55,
        hint: null,
        images: 450,
        unread: 0,
        pairs: 31,
        seconds: 12,
      },
      ...{ unsearched: 3, groups: 9, crossing: 1, crossingImages: 2 },
    },
    imbalanceRatio: 12.5,
  },
  sources: classIds.map((classId) => ({ classId, minWidth: 200, maxWidth: 240, minHeight: 200, maxHeight: 320 })),
  imports: [
    {
      ...{ id: 1, folder: '/data/<img src=x onerror=alert(1)>/line 3', startedAt: '2026-11-26T08:30:00.000Z' },
      ...{ active: 450, excluded: 3, classes: [...names], state: 'finished', files: 460, filesDone: 460 },
    },
  ],
  runs: [
    {
      ...{
        id: 1 as RunId,
        recipe: 'transplant',
        title: { en: 'Transplant (most lifelike)', zh: '缺陷移植（最逼真）' },
        trains: false,
      },
      ...{ classNames: names.slice(1), status: 'finished', end: 'steps', engine: 'wasm', size: 128, seed: 7, step: 0 },
      checkpointStep: 0,
      ...{
        seconds: 3,
        createdAt: '2026-11-26T11:00:00.000Z',
        learnedFrom: 'train',
        datasetSize: 244,
        excludedSince: 0,
      },
      ...{ parameters: { copies: 2, note: '<u>' }, versions: { flawsmith: '0.1.0' }, base: null, likeness: [] },
    },
    {
      ...{ id: 2 as RunId, recipe: 'crgan', title: { en: 'CR-GAN (recommended)', zh: 'CR-GAN（推荐）' }, trains: true },
      ...{
        classNames: [...names],
        status: 'stopped',
        end: 'minutes',
        engine: 'tensorflow',
        size: 128,
        seed: 3,
        step: 4200,
        checkpointStep: 4100,
      },
      ...{
        seconds: 1810,
        createdAt: '2026-11-26T12:00:00.000Z',
        learnedFrom: 'train',
        datasetSize: 244,
        excludedSince: 2,
      },
      ...{
        parameters: { edition: '2', base: 'surfaces' },
        versions: { tfjs: '4.22.0', base: 'f'.repeat(64) },
        base: { sha256: 'f'.repeat(64), origin: null },
      },
      likeness: [
        {
          ...{ className: nameOf(1), images: 28, coverage: 0.44, coverageFloor: 0.93, distance: 3.2, floor: 0.4 },
          ...{ contrast: 0.9, sharpness: 0.8, trend: 'settled', alikeAtStep: null, verdict: 'unlike' },
        },
      ],
    },
  ],
  gate: {
    shares: { copy: 0.01, tooFar: 0, disagreement: 0.05 },
    reference: { madeAt: '2026-11-27T09:00:00.000Z', train: 244, val: 42, folds: 3, accuracy: 0.913, isCurrent: true },
    classes: names.map((name, index) => ({
      ...{ classId: classIds[index] as ClassId, className: name, real: trained[index] ?? 0 },
      limits: limitsOf(index === 0 ? 'class' : 'all'),
      heldOut: {
        source: index === 0 ? 'val' : 'folds',
        images: trained[index] ?? 0,
        flagged: 2,
        byReason: { copy: 1, too_far: 0, class_disagrees: 1 },
      },
      ...{ open: 7, flagged: 3, released: 1, byReason: { copy: 2, too_far: 0, class_disagrees: 1 } },
    })),
    ...{ scored: 57, unscored: 2 },
    differences: [
      { runId: 2 as RunId, classId: classIds[1] as ClassId, auc: 0.97, floor: 0.58, real: 28, synthetic: 40 },
    ],
  },
  decisions: [
    {
      className: nameOf(1),
      inspector: 'Ann <i>',
      state: 'accepted',
      reason: null,
      count: 20,
      firstAt: '2026-11-27T07:00:00.000Z',
      lastAt: '2026-11-27T07:30:00.000Z',
    },
    {
      className: nameOf(1),
      inspector: '王工',
      state: 'rejected',
      reason: 'defect_absent',
      count: 5,
      firstAt: '2026-11-27T07:00:00.000Z',
      lastAt: '2026-11-27T07:30:00.000Z',
    },
  ],
  overrides: [{ kind: 'accepted', by: 'Ann <i>', count: 1 }],
  strips: [
    {
      ...{ className: nameOf(1), accepted: 20 },
      pairs: [
        { runId: 1, sample: onePixel, nearest: { imageId: 31 as ImageId, picture: onePixel, distance: 0.83 } },
        { runId: 1, sample: onePixel, nearest: null },
        { runId: 2, sample: null, nearest: { imageId: 32 as ImageId, picture: null, distance: null } },
      ],
    },
  ],
})

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='

/** The same project before anything was measured, scored or decided. */
export const emptyReport = (): ReportDocument => {
  const full = fullReport()
  return {
    ...full,
    verdict: {
      result: null,
      changed: [],
      arms: [],
      absent: [{ arm: 'painted', why: 'noClassFreeOfDefects' }],
      isPossible: true,
    },
    dataset: { ...full.dataset, groups: { search: null, unsearched: 450, groups: 0, crossing: 0, crossingImages: 0 } },
    ...{ imports: [], runs: [], decisions: [], overrides: [], strips: [] },
    gate: { ...full.gate, reference: null, classes: [], scored: 0, unscored: 9, differences: [] },
  }
}
