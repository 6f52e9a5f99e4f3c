import { describe, expect, it } from 'vitest'
import { MetricThinner } from '../../../native-worker/service/runs/metric-thinner.ts'
import { metricsOf } from '../../helpers/test-metrics.ts'

describe('MetricThinner', () => {
  it('gives the mean of a second of reports at its last step', () => {
    const thinner = new MetricThinner()
    expect(thinner.add({ step: 1, metrics: metricsOf({ dLoss: 1 }) }, 0)).toBeNull()
    expect(thinner.add({ step: 2, metrics: metricsOf({ dLoss: 2 }) }, 500)).toBeNull()
    expect(thinner.add({ step: 3, metrics: metricsOf({ dLoss: 6 }) }, 1000)).toEqual({
      step: 3,
      metrics: metricsOf({ dLoss: 3 }),
    })
  })

  it('starts a new second with the report after a point', () => {
    const thinner = new MetricThinner()
    thinner.add({ step: 1, metrics: metricsOf({ dLoss: 1 }) }, 0)
    thinner.add({ step: 2, metrics: metricsOf({ dLoss: 1 }) }, 1000)
    expect(thinner.add({ step: 3, metrics: metricsOf({ dLoss: 9 }) }, 1900)).toBeNull()
    expect(thinner.add({ step: 4, metrics: metricsOf({ dLoss: 11 }) }, 2900)).toEqual({
      step: 4,
      metrics: metricsOf({ dLoss: 10 }),
    })
  })

  it('averages a metric over the reports that have it', () => {
    const thinner = new MetricThinner()
    thinner.add({ step: 1, metrics: metricsOf({ dLoss: 1, kid: 8 }) }, 0)
    expect(thinner.add({ step: 2, metrics: metricsOf({ dLoss: 3 }) }, 1000)).toEqual({
      step: 2,
      metrics: metricsOf({ dLoss: 2, kid: 8 }),
    })
  })

  it('keeps the step of what is measured only now and then', () => {
    const thinner = new MetricThinner()
    thinner.add({ step: 1, metrics: metricsOf({ dLoss: 1 }) }, 0)
    expect(thinner.add({ step: 4, metrics: metricsOf({ dLoss: 3, kid: 8 }) }, 300)).toEqual({
      step: 4,
      metrics: metricsOf({ dLoss: 2, kid: 8 }),
    })
    expect(thinner.add({ step: 6, metrics: metricsOf({ dLoss: 5 }) }, 600)).toBeNull()
    expect(thinner.add({ step: 9, metrics: metricsOf({ dLoss: 7 }) }, 1600)).toEqual({
      step: 9,
      metrics: metricsOf({ dLoss: 6 }),
    })
  })

  it('hands out what is left once', () => {
    const thinner = new MetricThinner()
    thinner.add({ step: 7, metrics: metricsOf({ gLoss: 2 }) }, 0)
    expect(thinner.flush()).toEqual({ step: 7, metrics: metricsOf({ gLoss: 2 }) })
    expect(thinner.flush()).toBeNull()
  })
})
