import { expect, test } from 'vitest'
import type { ChangeBatch } from '../../../contract/changes.ts'
import { describeChange } from '../../../native-worker/cli/describe-change.ts'

const change: ChangeBatch = {
  ...{ batch: 1, kind: 'relabel', by: 'Ann', at: '', images: 2, imageId: null, importId: null, undoes: null },
  ...{ classId: null, className: 'pit', to: 'scratch', isFree: null, stands: true },
}

test.each<readonly [Partial<ChangeBatch>, string]>([
  [{}, '2 images moved from pit to scratch'],
  [{ className: null, images: 1 }, '1 image moved to scratch'],
  [{ className: null, to: null }, '2 images moved to several classes'],
  [{ kind: 'take-back-in' }, 'pit taken back in'],
  [{ kind: 'free-of-defects', isFree: true }, 'pit declared free of defects'],
  [{ kind: 'free-of-defects', isFree: false }, 'pit no longer free of defects'],
  [{ kind: 'undo', undoes: 7 }, 'change 7 taken back'],
  [{ kind: 'undo-import', importId: 3 }, 'import 3 taken back, 2 images'],
])('%o is told in words', (more, words) => {
  expect(describeChange({ ...change, ...more })).toBe(words)
})
