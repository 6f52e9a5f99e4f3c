import { expect, test } from 'vitest'
import { freeExportName } from '../../../../renderer/features/export/export-folder-name.ts'
import { folderNameOf, joinPath } from '../../../../renderer/features/projects/join-path.ts'

test('joins with the separator in use', () => {
  expect(joinPath('/home/q', 'Line 3')).toBe('/home/q/Line 3')
  expect(joinPath('C:\\data\\', 'a')).toBe('C:\\data\\a')
})

test.each([
  ['Line 3', 'Line 3'],
  ['a/b\\c:d*', 'a-b-c-d-'],
  ['../../etc', '..-..-etc'],
  ['表面 3 号线', '表面 3 号线'],
  ['trailing. ', 'trailing'],
  ['...', ''],
])('%j becomes the folder name %j', (name, folder) => {
  expect(folderNameOf(name)).toBe(folder)
})

test('export folders carry project and local time', () => {
  expect(freeExportName('Line 3', { now: new Date(2026, 10, 2, 4, 5), isTaken: () => false })).toBe(
    'Line-3-balanced-20261102-0405',
  )
  expect(freeExportName('...', { now: new Date(2026, 0, 1, 0, 0), isTaken: () => false })).toBe(
    'flawsmith-balanced-20260101-0000',
  )
})
