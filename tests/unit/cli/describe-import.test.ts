import { expect, test } from 'vitest'
import type { ImportReport } from '../../../contract/dataset.ts'
import type { ImportReading } from '../../../contract/layouts.ts'
import { decideDepth, describeDepth } from '../../../native-worker/project/dataset/decide-depth.ts'
import { describeImport } from '../../../native-worker/cli/describe-import.ts'

const report: ImportReport = { folder: '/images', imported: 1, duplicates: 0, skipped: [], classes: { pit: 1 } }
const reading: ImportReading = {
  ...{ layout: 'classes', root: 'a/b', level: 1, emptyClasses: [], leftOut: [], masks: 0, ignored: [], remarks: [] },
  ...{ otherSplit: 0, cutDown: null },
}
const lines = (more: Partial<ImportReport>): string => describeImport({ ...report, ...more }).join('\n')

test('one of a thing is one', () => {
  const told = lines({
    reading: {
      ...reading,
      masks: 1,
      remarks: [
        { kind: 'annotations', format: 'coco', files: 1 },
        { kind: 'without_split', images: 1 },
        { kind: 'gone', files: 1 },
      ],
    },
  })
  expect(told).toContain('Imported 1 image; 0 duplicates, 0 files skipped in all')
  expect(told).toContain('1 COCO annotation file lies beside the images')
  expect(told).toContain('1 image lies in no split folder')
  expect(told).not.toMatch(/\b1 (COCO annotation )?(images|files|masks)\b/)
})

test('what lies outside of the folder that is read has a name', () => {
  const told = lines({ reading: { ...reading, ignored: [{ path: '', reason: 'outside_root', images: 84 }] } })
  expect(told).toContain('Not looked at: all outside of a/b (84 images)')
})

test('files of 32 bits are not said to have the scale of 16 bits', () => {
  const wide = { containerBits: 32, declaredBits: null, largest: 2 ** 32 - 1 } as const
  const deep = { containerBits: 16, declaredBits: null, largest: 4000 } as const
  const told = (files: readonly (typeof wide | typeof deep)[]): string => {
    const decided = decideDepth(files, 'auto')
    return lines({ depth: decided === null ? null : describeDepth(decided, { earlier: [], clipped: 0 }) })
  }
  const full = '2 files of 32 bits: read by the full range (0–4294967295 became 0–255)'
  expect(told([wide, wide])).toContain(full)
  expect(told([wide, wide])).not.toContain('deeper than 8 bits')
  expect(told([wide, deep, wide])).toContain(full)
  expect(told([wide, deep, wide])).toContain('1 file deeper than 8 bits: read as 12 bits')
})
