import { describe, expect, test } from 'vitest'
import type { HealthFinding } from '../../../../renderer/features/training/health.ts'
import { assessHealth, toneOf, worstLight } from '../../../../renderer/features/training/health.ts'
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
const well = { end: null, rollbacks: [] }
const find = (
  light: 'losses' | 'balance' | 'variety',
  values: Values,
  { classes = {}, ...run }: { classes?: Readonly<Record<string, Values>>; end?: RunEnd; rollbacks?: Rollback[] } = {},
): HealthFinding | undefined =>
  assessHealth(pointsOf(values, classes), { ...well, ...run }).find((entry) => entry.light === light)?.finding
const outputs = (real: number, fake: number): Values => ({
  dReal: every(() => real),
  dFake: every(() => fake),
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
    expect(assessHealth({ steps: [], curves: [] }, { ...well, end: 'diverged' })[0]?.finding.kind).toBe('lossesLost')
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
    expect(toneOf({ light: 'losses', finding })).toBe('warn')
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
    expect(find('variety', { coverage: rarely([0.1, 0.5, 0.3, 0.2, 0.2]) })?.kind).toBe('varietyFine')
  })
  test('a network that has only begun has lost nothing', () => {
    expect(find('variety', {}, { classes: { pit: { diversity: rarely([0.05, 0.1, 0.2]) } } })?.kind).toBe(
      'varietyEarly',
    )
    expect(find('variety', { coverage: rarely([0.01, 0.05, 0.0, 0.0]) })?.kind).toBe('varietyEarly')
    expect(find('variety', {})?.kind).toBe('varietyEarly')
  })
  test('low for long is no beginning any more, even while it rises', () => {
    const rising = rarely([0.05, 0.06, 0.07, 0.08, 0.09, 0.1])
    expect(find('variety', {}, { classes: { pit: { diversity: rising } } })?.kind).toBe('classCollapsed')
  })
})

test('the worst light is read first', () => {
  const lights = assessHealth(
    pointsOf({ dLoss: every(() => 1), ...outputs(0.97, 0.03), coverage: rarely([0.5, 0.4, 0.1, 0.1]) }),
    well,
  )
  expect(lights.map(toneOf)).toEqual(['good', 'warn', 'bad'])
  expect(worstLight(lights)?.light).toBe('variety')
  expect(worstLight([])).toBeNull()
})
