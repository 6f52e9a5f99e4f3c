import { describe, expect, test } from 'vitest'
import type { HealthFinding } from '../../../../renderer/features/training/health-finding.ts'
import type { HealthLight } from '../../../../renderer/features/training/health.ts'
import { assessHealth, worstLight } from '../../../../renderer/features/training/health.ts'
import type { MetricCurve, MetricSeries, Rollback, RunEnd } from '../../../../contract/training.ts'
import { curvesOf } from '../../../helpers/test-metrics.ts'

const count = 100
const every = (value: (index: number) => number | null): (number | null)[] =>
  Array.from({ length: count }, (_, index) => value(index))
/** Measured at every tenth step only, as coverage is. */
const rarely = (values: readonly number[]): (number | null)[] =>
  every((index) => (index % 10 === 0 ? (values[index / 10] ?? null) : null))
type Values = Readonly<Record<string, MetricCurve['values']>>
const pointsOf = (values: Values, classes: Readonly<Record<string, Values>> = {}): MetricSeries => ({
  steps: Array.from({ length: count }, (_, index) => (index + 1) * 10),
  curves: [...curvesOf(values), ...Object.entries(classes).flatMap(([name, ofClass]) => curvesOf(ofClass, name))],
})
const well = { end: null, rollbacks: [], classNames: [] }
const find = (
  light: HealthLight['light'],
  values: Values,
  { classes = {}, ...run }: { classes?: Readonly<Record<string, Values>>; end?: RunEnd; rollbacks?: Rollback[] } = {},
): HealthFinding | undefined => lightOf(light, pointsOf(values, classes), { classes, ...run })?.finding
const lightOf = (
  light: HealthLight['light'],
  points: MetricSeries,
  { classes = {}, ...run }: { classes?: Readonly<Record<string, Values>>; end?: RunEnd; rollbacks?: Rollback[] } = {},
): HealthLight | undefined =>
  assessHealth(points, { ...well, classNames: Object.keys(classes), ...run }).find((entry) => entry.light === light)
const outputs = (real: number, fake: number): Values => ({
  dReal: every(() => real),
  dFake: every(() => fake),
})
/** Five measurements of a class, all alike unless told otherwise. */
const classOf = (values: Readonly<Record<string, number | readonly number[]>>): Values =>
  Object.fromEntries(
    Object.entries({ images: 40, contrast: 1, sharpness: 1, diversity: 0.9, coverageFloor: 1, ...values }).map(
      ([name, value]) => [name, rarely(typeof value === 'number' ? [value, value, value, value, value] : value)],
    ),
  )
const alike = classOf({ coverage: 0.8, kid: 1.2, kidFloor: 1 })
const quiet = { dLoss: every(() => 1), ...outputs(0.6, 0.4) }

describe('likeness', () => {
  const tonesOf = (classes: Readonly<Record<string, Values>>, overall: Values, end: RunEnd | null = null) =>
    assessHealth(pointsOf({ ...quiet, ...overall }, classes), { ...well, classNames: Object.keys(classes), end })

  test('what was called good in the trial is not: coverage 0.12, KID 8.6 over a floor of 3.1, one class flat', () => {
    const overall = classOf({ coverage: 0.12, kid: 8.6, kidFloor: 3.1 })
    const garbage = classOf({ coverage: 0.12, kid: 8.6, kidFloor: 3.1 })
    const flat = classOf({ coverage: 0.12, kid: 8.6, kidFloor: 3.1, contrast: 0.04, sharpness: 0.01, images: 20 })
    const lights = tonesOf({ good: garbage, inclusion: flat }, overall)
    expect(lights.filter(({ tone }) => tone === 'good')).toEqual([])
    expect(lights[0]).toMatchObject({
      light: 'likeness',
      tone: 'bad',
      finding: { kind: 'classFlat', worst: { className: 'inclusion', images: 20 } },
    })
    // Without the flat one, and whatever the run's end.
    for (const end of [null, 'minutes'] as const) {
      const [likeness, ...others] = tonesOf({ good: garbage, inclusion: garbage }, overall, end)
      expect(likeness).toMatchObject({ tone: 'bad', finding: { kind: 'classFar', worst: { trend: 'settled' } } })
      expect(others.map(({ tone }) => tone)).not.toContain('good')
    }
  })

  test('all is good where every class is within the limits and has settled', () => {
    const lights = tonesOf({ good: alike, pit: alike }, classOf({ coverage: 0.8, kid: 1.2, kidFloor: 1 }))
    // Losses and balance have no figure to be held against: they are never green.
    expect(lights.map(({ tone }) => tone)).toEqual(['good', 'good', 'plain', 'plain'])
    expect(lights[0]?.finding).toMatchObject({ kind: 'likenessFine' })
  })

  test.each([
    ['below a fifth of the real images resembled', { coverage: 0.19 }, 'classFar', 'bad'],
    ['beyond four floors', { kid: 4.1 }, 'classFar', 'bad'],
    ['below half of the real images resembled', { coverage: 0.49 }, 'classUnlike', 'warn'],
    ['beyond two floors', { kid: 2.1 }, 'classUnlike', 'warn'],
    ['without fine structure', { sharpness: 0.2 }, 'classBlurred', 'warn'],
    ['one plain tone', { contrast: 0.29 }, 'classFlat', 'bad'],
  ])('one class %s is enough', (_, values, kind, tone) => {
    const pit = classOf({ coverage: 0.8, kid: 1.2, kidFloor: 1, ...values })
    const [likeness, ...others] = tonesOf({ good: alike, pit }, alike)
    expect(likeness).toMatchObject({ tone, finding: { kind, worst: { className: 'pit' } } })
    expect(others.map((light) => light.tone)).not.toContain('good')
  })

  test('a class that still gets better keeps the light from being green, and is told apart from one that is stuck', () => {
    const rising = classOf({ coverage: [0.5, 0.55, 0.6, 0.65, 0.7], kid: 1.2, kidFloor: 1 })
    expect(tonesOf({ good: alike, pit: rising }, alike)[0]).toMatchObject({
      tone: 'unknown',
      finding: { kind: 'classRising', worst: { className: 'pit' } },
    })
    const far = classOf({ coverage: [0, 0.02, 0.05, 0.1, 0.15], kid: [40, 30, 20, 12, 9], kidFloor: 1 })
    expect(tonesOf({ good: alike, pit: far }, alike)[0]).toMatchObject({ tone: 'warn', finding: { kind: 'classFar' } })
    expect(tonesOf({ good: alike, pit: far }, alike, 'minutes')[0]).toMatchObject({ tone: 'bad' })
  })

  test('green needs the floor of both figures and the number of images', () => {
    const complete = { coverage: 0.8, kid: 1.2, kidFloor: 1 }
    for (const missing of ['coverage', 'coverageFloor', 'kid', 'kidFloor', 'images']) {
      const pit = Object.fromEntries(Object.entries(classOf(complete)).filter(([name]) => name !== missing))
      expect(tonesOf({ good: alike, pit }, alike).map(({ tone }) => tone)).not.toContain('good')
    }
    // Half of what real images reach among themselves is asked for, not half of everything.
    const rare = classOf({ coverage: 0.41, coverageFloor: 0.8, kid: 1.2, kidFloor: 1 })
    expect(tonesOf({ good: alike, rare }, alike)[0]?.finding.kind).toBe('likenessFine')
    const lower = classOf({ coverage: 0.39, coverageFloor: 0.8, kid: 1.2, kidFloor: 1 })
    expect(tonesOf({ good: alike, rare: lower }, alike)[0]?.finding.kind).toBe('classUnlike')
  })

  test('a class too small to be measured keeps it from being green, with what it has', () => {
    const small = classOf({ images: 4 })
    expect(tonesOf({ good: alike, rare: small }, alike)[0]).toMatchObject({
      tone: 'unknown',
      finding: { kind: 'classUnmeasured', worst: { className: 'rare', images: 4 } },
    })
    const flat = classOf({ images: 4, contrast: 0.1 })
    expect(tonesOf({ good: alike, rare: flat }, alike)[0]).toMatchObject({
      tone: 'bad',
      finding: { kind: 'classFlat' },
    })
  })

  test('two measurements are too early while a run trains, and all there is once it has ended', () => {
    const short = classOf({ images: [40, 40], contrast: [1, 1], sharpness: [1, 1], coverage: [0.1, 0.1] })
    expect(tonesOf({ pit: short }, {})[0]?.finding).toEqual({ kind: 'likenessEarly' })
    expect(tonesOf({ pit: short }, {}, 'minutes')[0]?.finding).toMatchObject({ kind: 'classFar' })
    const good = classOf({ coverage: [0.9, 0.9], images: [40, 40], contrast: [1, 1], sharpness: [1, 1] })
    expect(tonesOf({ pit: good }, {}, 'minutes')[0]).toMatchObject({ tone: 'unknown' })
    expect(tonesOf({ pit: {} }, {})[0]?.finding).toEqual({ kind: 'likenessEarly' })
  })
})

describe('losses', () => {
  test('finite and steady ones are fine, whatever their sign', () => {
    expect(find('losses', { dLoss: every(() => 0.7), gLoss: every(() => -3) })).toEqual({ kind: 'lossesFine' })
  })
  test('a loss that is no number, or a run that ended by it, is lost', () => {
    expect(find('losses', { dLoss: every((index) => (index < 98 ? 1 : Number.NaN)) })?.kind).toBe('lossesLost')
    expect(find('losses', { dLoss: every((index) => (index < 98 ? 1 : Infinity)) })?.kind).toBe('lossesLost')
    expect(find('losses', { dLoss: every(() => 1) }, { end: 'diverged' })?.kind).toBe('lossesLost')
  })
  test('a run that diverged before its first report still says so', () => {
    const lights = assessHealth({ steps: [], curves: [] }, { ...well, end: 'diverged' })
    expect(lights.find(({ light }) => light === 'losses')?.finding.kind).toBe('lossesLost')
    expect(assessHealth({ steps: [], curves: [] }, well)).toEqual([])
  })
  test('a run that went back says so once its losses are fine again, and more important things first', () => {
    const rollbacks = [
      { step: 240, toStep: 210, quantity: 'dLoss', value: null },
      { step: 655, toStep: 610, quantity: 'gLoss', value: 2e4 },
    ]
    const steady = every(() => 0.7)
    const finding = { kind: 'lossesRolledBack', times: 2, last: rollbacks[1] as Rollback } as const
    expect(find('losses', { dLoss: steady }, { rollbacks })).toEqual(finding)
    expect(lightOf('losses', pointsOf({ dLoss: steady }), { rollbacks })?.tone).toBe('warn')
    expect(find('losses', { dLoss: steady }, { rollbacks, end: 'diverged' })?.kind).toBe('lossesLost')
    expect(find('losses', { dLoss: every((index) => (index < 90 ? 2 : 80)) }, { rollbacks })?.kind).toBe('lossesLarge')
  })
  test('growth far beyond the usual is large, a high level alone is not', () => {
    expect(find('losses', { gLoss: every((index) => (index < 90 ? 2 : 80)) })?.kind).toBe('lossesLarge')
    expect(find('losses', { gLoss: every(() => 80) })?.kind).toBe('lossesFine')
  })
  test('a handful of values is too early', () => {
    expect(find('losses', { gLoss: every((index) => (index < 3 ? 1 : null)) })?.kind).toBe('lossesEarly')
  })
})

describe('balance', () => {
  test.each([
    [0.99, 0.002, 'discriminatorWon'],
    [0.97, 0.03, 'discriminatorAhead'],
    [0.6, 0.4, 'balanceFine'],
    [0.5, 0.5, 'discriminatorBlind'],
    [0.4, 0.6, 'discriminatorBlind'],
  ])('D(real) %d with D(fake) %d: %s', (real, fake, kind) => {
    expect(find('balance', outputs(real, fake))?.kind).toBe(kind)
  })
  test('a discriminator that was ahead only at the start is in balance now', () => {
    const values = { dReal: every((index) => (index < 60 ? 1 : 0.6)), dFake: every((index) => (index < 60 ? 0 : 0.4)) }
    expect(find('balance', values)?.kind).toBe('balanceFine')
  })
  test('one step back does not end a stalemate', () => {
    const values = { dReal: every(() => 1), dFake: every((index) => (index === 95 ? 0.4 : 0)) }
    expect(find('balance', values)?.kind).toBe('discriminatorWon')
  })
  test('too early with few values, absent where the recipe has no such outputs', () => {
    const values = { dReal: every((index) => (index < 10 ? 1 : null)), dFake: every(() => 0) }
    expect(find('balance', values)?.kind).toBe('balanceEarly')
    expect(find('balance', { dLoss: every(() => 1) })).toBeUndefined()
  })
})

describe('variety', () => {
  test('names the class with the least of the real variety', () => {
    const good = { diversity: rarely([1, 0.9, 0.95, 0.9]) }
    const pit = { diversity: rarely([0.8, 0.5, 0.22, 0.18]) }
    expect(find('variety', {}, { classes: { good, pit } })).toEqual({
      kind: 'classCollapsed',
      className: 'pit',
      share: expect.closeTo(0.2, 5) as number,
      images: null,
    })
    const thin = { diversity: rarely([0.8, 0.5, 0.52, 0.48]) }
    expect(find('variety', {}, { classes: { good, pit: thin } })).toMatchObject({ kind: 'classThin', className: 'pit' })
  })
  test('coverage below 0.3 of its best says where the best was', () => {
    expect(find('variety', { coverage: rarely([0.1, 0.5, 0.3, 0.1, 0.1]) })).toEqual({
      kind: 'coverageFallen',
      share: expect.closeTo(0.2, 5) as number,
      bestStep: 110,
    })
    const pit = { diversity: rarely([0.9, 0.8, 0.7, 0.8]) }
    expect(find('variety', { coverage: rarely([0.1, 0.5, 0.3, 0.2, 0.2]) }, { classes: { pit } })).toEqual({
      kind: 'varietyFine',
      className: 'pit',
      share: 0.75,
      images: null,
    })
  })
  test('a network that has only begun has lost nothing', () => {
    const pit = { diversity: rarely([0.05, 0.1, 0.2]) }
    expect(find('variety', {}, { classes: { pit } })).toMatchObject({ kind: 'varietyRising', className: 'pit' })
    // Nor is all well because the others are.
    const good = { diversity: rarely([0.8, 0.9, 0.8, 0.8]) }
    expect(find('variety', {}, { classes: { good, pit } })?.kind).toBe('varietyRising')
    expect(find('variety', { coverage: rarely([0.01, 0.05, 0.0, 0.0]) })?.kind).toBe('varietyEarly')
    expect(find('variety', {})?.kind).toBe('varietyEarly')
  })
  test('low for long is no beginning any more, even while it rises', () => {
    const rising = rarely([0.05, 0.06, 0.07, 0.08, 0.09, 0.1])
    expect(find('variety', {}, { classes: { pit: { diversity: rising } } })?.kind).toBe('classCollapsed')
  })
})

test('the worst light is read first', () => {
  const overall = classOf({ coverage: [0.5, 0.9, 0.8, 0.8, 0.8] })
  const lights = assessHealth(
    pointsOf({ dLoss: every(() => 1), ...outputs(0.999, 0.001), ...overall }, { pit: alike }),
    {
      ...well,
      classNames: ['pit'],
    },
  )
  expect(lights.map(({ tone }) => tone)).toEqual(['good', 'good', 'plain', 'bad'])
  expect(worstLight(lights)?.light).toBe('balance')
  expect(worstLight([])).toBeNull()
})
