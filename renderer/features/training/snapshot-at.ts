import type { Snapshot } from '../../../contract/training.ts'

/** The newest snapshot that shows no later step, the first one before that; undefined without any. Sorted by step. */
export const snapshotAt = (snapshots: readonly Snapshot[], step: number): Snapshot | undefined =>
  snapshots.findLast((snapshot) => snapshot.step <= step) ?? snapshots[0]
