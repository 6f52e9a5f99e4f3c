import { describe, expect, test } from 'vitest'
import { judgeRun } from '../../../contract/run-verdict.ts'
import type { MetricSeries, RunEnd } from '../../../contract/training.ts'
import { curvesOf } from '../../helpers/test-metrics.ts'

type Figures = Readonly<Record<string, number | readonly number[]>>

/** Measured at the same steps; a single number all along. */
function seriesOf(classes: Readonly<Record<string, Figures>>, steps: readonly number[]): MetricSeries {
  return {
    steps,
    curves: Object.entries(classes).flatMap(([name, figures]) =>
      curvesOf(
        Object.fromEntries(
          Object.entries(figures).map(([figure, value]) => [
            figure,
            steps.map((_, index) => (typeof value === 'number' ? value : (value[index] ?? null))),
          ]),
        ),
        name,
      ),
    ),
  }
}
const steps = [200, 400, 600, 800, 1000]
const usual = { images: 40, contrast: 1, sharpness: 1, coverageFloor: 0.9, kidFloor: 1 }
const good = { ...usual, coverage: 0.7, kid: 1.2 }
/** A twentieth more coverage every 200 steps. */
const rising = { ...usual, coverage: [0.1, 0.15, 0.2, 0.25, 0.3], kid: [6, 5, 4, 3.4, 3] }
const stuck = { ...usual, coverage: 0.3, kid: 5 }
const small = { images: 4, contrast: 1, sharpness: 1 }
const verdictOn = (classes: Readonly<Record<string, Figures>>, end: RunEnd | null = null, at = steps) =>
  judgeRun(seriesOf(classes, at), { step: at.at(-1) ?? 0, seconds: 500, end, classNames: Object.keys(classes) })

describe('the verdict on a run', () => {
  test('ready where every class that can be compared is near what real images are among themselves', () => {
    expect(verdictOn({ good, pits: good })).toMatchObject({ kind: 'ready', minutesMore: null })
    const withSmall = verdictOn({ good, rare: small })
    expect(withSmall.kind).toBe('ready')
    expect(withSmall.classes.map(({ className, kind, why }) => [className, kind, why])).toEqual([
      ['good', 'ready', null],
      ['rare', 'unmeasured', 'tooFewImages'],
    ])
  })

  test('flat grey is not ready, whatever else it measures', () => {
    expect(verdictOn({ good, pits: { ...good, contrast: 0.05 } }).kind).toBe('settled')
    expect(verdictOn({ pits: { ...good, sharpness: 0.1 } }).kind).toBe('settled')
  })

  test('still getting better, and for how long if it goes on so; no number where that is far', () => {
    const verdict = verdictOn({ good, pits: rising })
    expect(verdict).toMatchObject({ kind: 'improving', why: null })
    // 500 seconds for 1,000 steps; about as long again.
    expect(verdict.minutesMore ?? 0).toBeGreaterThan(2)
    expect(verdict.minutesMore ?? 0).toBeLessThan(30)
    const slow = { ...usual, coverage: [0.02, 0.04, 0.06, 0.08, 0.1], kid: 40 }
    expect(verdictOn({ pits: slow })).toMatchObject({ kind: 'improving', minutesMore: null })
    // A class that has stopped short makes any number of minutes wrong.
    expect(verdictOn({ pits: rising, scratches: stuck })).toMatchObject({ kind: 'improving', minutesMore: null })
  })

  test('has stopped getting better, noise or not', () => {
    expect(verdictOn({ good, pits: stuck }).kind).toBe('settled')
    const noisy = { ...usual, coverage: [0.3, 0.33, 0.29, 0.32, 0.3], kid: [5, 5.5, 4.8, 5.2, 5] }
    expect(verdictOn({ pits: noisy }, 'minutes').kind).toBe('settled')
  })

  test('not measured: nothing on record, too few images, too early, or a floor that is missing', () => {
    expect(verdictOn({ pits: {} }, 'steps')).toMatchObject({ kind: 'unmeasured', why: 'notRecorded' })
    expect(verdictOn({ rare: small })).toMatchObject({ kind: 'unmeasured', why: 'tooFewImages' })
    const short = steps.slice(0, 2)
    expect(verdictOn({ pits: good }, null, short)).toMatchObject({ kind: 'unmeasured', why: 'early' })
    expect(verdictOn({ pits: stuck }, 'steps', short)).toMatchObject({ kind: 'unmeasured', why: 'early' })
    const { coverageFloor: _, ...older } = good
    expect(verdictOn({ pits: older }).classes[0]).toMatchObject({ kind: 'unmeasured', why: 'notRecorded' })
    expect(judgeRun({ steps: [], curves: [] }, { step: 0, seconds: 0, end: null, classNames: [] }).kind).toBe(
      'unmeasured',
    )
  })

  test('nothing is green after one or two measurements, however good, and though the run has ended', () => {
    for (const at of [[300], [150, 300]]) {
      const verdict = verdictOn({ good, pits: { ...good, coverage: 0.2 } }, 'steps', at)
      expect(verdict).toMatchObject({ kind: 'unmeasured', why: 'early' })
      expect(verdict.classes.map(({ kind }) => kind)).toEqual(['unmeasured', 'unmeasured'])
    }
  })
})
