import { expect, test } from 'vitest'
import { snapshotRows } from '../../../../../renderer/features/evaluate/runs/snapshot-rows.ts'

test('only steps at which something was measured of the class, with its floors', () => {
  const curve = (name: string, className: string | null, values: readonly (number | null)[]) => ({
    ...{ name, className, values },
  })
  const series = {
    steps: [10, 20, 30],
    curves: [
      curve('kid', null, [9, 9, 9]),
      curve('kid', 'pit', [null, 0.5, 0.4]),
      curve('kidFloor', 'pit', [null, 0.1, 0.1]),
      curve('coverage', 'pit', [null, null, 0.7]),
    ],
  }
  expect(snapshotRows(series, 'pit')).toEqual([
    { step: 20, kid: 0.5, kidFloor: 0.1, coverage: null, coverageFloor: null, diversity: null },
    { step: 30, kid: 0.4, kidFloor: 0.1, coverage: 0.7, coverageFloor: null, diversity: null },
  ])
  expect(snapshotRows(series, 'scratch')).toEqual([])
})
