import { describe, expect, test } from 'vitest'
import { selectRows } from '../../../native-worker/metrics/feature-matrix.ts'
import { findCopies } from '../../../native-worker/metrics/find-copies.ts'
import { drawNormalFeatures } from './normal-features.ts'

describe('findCopies', () => {
  const real = drawNormalFeatures(1, { rows: 100, columns: 16 })

  test('finds an exact copy among fresh samples', () => {
    const fresh = drawNormalFeatures(2, { rows: 50, columns: 16 })
    const values = fresh.values.slice()
    values.set(selectRows(real, [7]).values, 3 * 16)
    const result = findCopies(real, { ...fresh, values })
    if (result.kind !== 'measured') throw new Error('enough images')
    expect(result.copies).toContain(3)
    // Of the same distribution: about as many again are nearer by chance as real ones are.
    expect(result.share).toBeLessThan(0.1)
    expect(result.nearest[3]).toEqual({ row: 7, distance: 0 })
  })

  test('near-duplicates among the real images do not lower the bar when they are one group', () => {
    const close = real.values.slice()
    close.set(
      selectRows(real, [0]).values.map((value) => value + 0.001),
      16,
    )
    const twins = { ...real, values: close }
    const groups = Array.from({ length: 100 }, (_, row) => (row === 1 ? 0 : row))
    const careless = findCopies(twins, real)
    const careful = findCopies(twins, real, { groups })
    if (careless.kind !== 'measured' || careful.kind !== 'measured') throw new Error('enough images')
    expect(careless.threshold).toBeLessThan(0.01)
    expect(careful.threshold).toBeGreaterThan(0.5)
  })

  test('exact duplicates never count', () => {
    const doubled = real.values.slice()
    doubled.set(selectRows(real, [0]).values, 16)
    const result = findCopies({ ...real, values: doubled }, real)
    if (result.kind !== 'measured') throw new Error('enough images')
    expect(result.threshold).toBeGreaterThan(0.5)
  })

  test('needs twenty real images', () => {
    const few = drawNormalFeatures(1, { rows: 19, columns: 2 })
    expect(findCopies(few, few)).toEqual({ kind: 'notMeaningful', images: 19, needed: 20 })
  })
})
