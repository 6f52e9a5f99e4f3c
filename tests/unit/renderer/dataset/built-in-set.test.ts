import { expect, test } from 'vitest'
import { isBuiltInSet } from '../../../../renderer/features/dataset/built-in-set.ts'

const drawn = { folder: '/tmp/flawsmith-sample-Qx3f1a' }

test('only the sample project shows its drawn images as built in, until the user imports a folder', () => {
  expect(isBuiltInSet(drawn, { isSample: true })).toBe(true)
  expect(isBuiltInSet({ folder: 'C:\\Temp\\flawsmith-sample-Qx3f1a' }, { isSample: true })).toBe(true)
  expect(isBuiltInSet({ folder: '/home/ann/line 3' }, { isSample: true })).toBe(false)
  expect(isBuiltInSet({ folder: '/tmp/flawsmith-sample-Qx3f1a/pit' }, { isSample: true })).toBe(false)
  expect(isBuiltInSet(drawn, { isSample: false })).toBe(false)
  expect(isBuiltInSet(drawn, null)).toBe(false)
})
