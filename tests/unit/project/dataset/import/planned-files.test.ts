import { expect, test } from 'vitest'
import { batchesOf } from '../../../../../native-worker/project/dataset/import/planned-files.ts'
import type { SizedFile } from '../../../../../native-worker/project/dataset/import/planned-files.ts'

const filesOf = (count: number, sizeBytes: number): readonly SizedFile[] =>
  Array.from({ length: count }, (_, index) => ({
    path: `a/${index}.png`,
    className: 'a',
    split: null,
    isImage: true,
    sizeBytes,
  }))

const lengthsOf = (files: readonly SizedFile[]): readonly number[] => [...batchesOf(files)].map(({ length }) => length)

test('batches grow smaller towards the end, so that little waits for the disk alone', () => {
  expect(lengthsOf(filesOf(800, 1000))).toEqual([200, 200, 200, 100, 50, 50])
  expect(lengthsOf(filesOf(30, 1000))).toEqual([30])
  expect(lengthsOf([])).toEqual([])
})

test('batches of large files are bounded by their bytes, and a larger file is one of its own', () => {
  expect(lengthsOf(filesOf(7, 10_000_000))).toEqual([3, 3, 1])
  expect(lengthsOf(filesOf(2, 400_000_000))).toEqual([1, 1])
})

test('every file is in one batch, in order', () => {
  const files = filesOf(1234, 100_000)
  expect([...batchesOf(files)].flat()).toEqual(files)
})
