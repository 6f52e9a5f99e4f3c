import { describe, expect, test } from 'vitest'
import type { MetricSeries } from '../../../../contract/training.ts'
import { appendPoint, noPoints } from '../../../../renderer/features/training/metric-points.ts'
import { groupMetrics } from '../../../../renderer/features/training/metric-groups.ts'
import { curvesOf, metricsOf } from '../../../helpers/test-metrics.ts'

const grow = (count: number, limit: number): MetricSeries => {
  let points = noPoints
  for (let step = 1; step <= count; step += 1)
    points = appendPoint(points, { step, metrics: metricsOf({ lossD: step }), limit })
  return points
}

describe('appendPoint', () => {
  test('adds values and fills gaps of metrics that come later or pause', () => {
    let points = appendPoint(noPoints, { step: 1, metrics: metricsOf({ lossD: 1 }), limit: 100 })
    points = appendPoint(points, { step: 2, metrics: metricsOf({ lossD: 2, coverage: 0.5 }), limit: 100 })
    points = appendPoint(points, { step: 3, metrics: metricsOf({ lossD: 3 }), limit: 100 })
    expect(points).toEqual({ steps: [1, 2, 3], curves: curvesOf({ lossD: [1, 2, 3], coverage: [null, 0.5, null] }) })
  })
  test('a resume from an older checkpoint replaces what followed it', () => {
    const points = appendPoint(grow(5, 100), { step: 3, metrics: metricsOf({ lossD: 30 }), limit: 100 })
    expect(points).toEqual({ steps: [1, 2, 3], curves: curvesOf({ lossD: [1, 2, 30] }) })
  })
  test('stays within its limit, sorted, with the newest points dense', () => {
    const { steps, curves } = grow(5000, 400)
    expect(steps.length).toBeLessThanOrEqual(401)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(curves).toEqual(curvesOf({ lossD: steps }))
    expect(steps.slice(-50)).toEqual(Array.from({ length: 50 }, (_, index) => 4951 + index))
  })
  test('keeps what is measured only now and then', () => {
    let points = noPoints
    for (let step = 1; step <= 5000; step += 1) {
      const measured = step % 100 === 37 ? { coverage: step } : {}
      points = appendPoint(points, { step, metrics: metricsOf({ lossD: step, ...measured }), limit: 400 })
    }
    expect(points.steps.length).toBeLessThanOrEqual(401)
    expect(points.curves.find(({ name }) => name === 'coverage')?.values.filter((value) => value !== null)).toEqual(
      Array.from({ length: 50 }, (_, index) => 100 * index + 37),
    )
  })
})

test('metrics of one kind share a chart', () => {
  expect(
    groupMetrics([
      ...curvesOf({ lossG: [], dReal: [], kid: [], lossD: [], dFake: [], coverage: [], slope: [] }),
      ...curvesOf({ diversity: [], coverage: [] }, 'pit'),
    ]).map(({ group, members }) => ({
      group,
      names: members.map(({ name, className }) => (className === null ? name : `${name} of ${className}`)),
    })),
  ).toEqual([
    { group: 'losses', names: ['lossG', 'lossD'] },
    { group: 'outputs', names: ['dReal', 'dFake'] },
    { group: 'variety', names: ['coverage'] },
    { group: 'classes', names: ['diversity of pit'] },
    { group: 'distance', names: ['kid'] },
    { group: 'other', names: ['slope'] },
  ])
})
