import { expect, test } from 'vitest'
import type { Sha256 } from '../../../../contract/ids.ts'
import { snapshotAt } from '../../../../renderer/features/training/snapshot-at.ts'

const snapshots = [0, 50, 120].map((step) => ({ step, sheet: 'a'.repeat(64) as Sha256, rows: 1, columns: 8 }))

test('the newest snapshot that is not ahead of the step', () => {
  expect(snapshotAt(snapshots, 119)?.step).toBe(50)
  expect(snapshotAt(snapshots, 120)?.step).toBe(120)
  expect(snapshotAt(snapshots, 9999)?.step).toBe(120)
})

test('a run whose first snapshot comes later shows that one; a run without any shows none', () => {
  expect(snapshotAt(snapshots.slice(1), 10)?.step).toBe(50)
  expect(snapshotAt([], 10)).toBeUndefined()
})
