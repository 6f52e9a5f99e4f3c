import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import {
  base,
  folderName,
  exportTarget,
  positiveNumber,
  share,
  wholeNumber,
  wholeNumberFrom,
} from '../../../native-worker/cli/parse-options.ts'

test.each([
  ['0', 0],
  ['12', 12],
])('a whole number: %s', (text, value) => {
  expect(wholeNumber(text)).toBe(value)
})

test.each([
  ['a whole number', wholeNumber, ['', ' ', '-3', '1.5', 'x', '1e400'], 'a whole number, 0 or more'],
  ['one with bounds', wholeNumberFrom(1, 32), ['', '0', '33', 'x'], 'a whole number from 1 to 32'],
  ['a number above 0', positiveNumber, ['', '0', '-1', 'Infinity'], 'a number above 0'],
  ['a share', share, ['', '-0.1', '0.6', 'x'], 'a number from 0 to 0.5'],
  ['a target', exportTarget, ['', '-5', 'min'], '“max”, “none” or a whole number, 1 or more'],
  ['a folder', folderName, ['', '  '], 'the path of a folder'],
] as const)(
  '%s refuses what it does not take, the empty text too, and says what it takes',
  (_, parse, texts, taken) => {
    for (const text of texts) expect(() => parse(text)).toThrow(`It takes ${taken}.`)
  },
)

test('a base is what comes along, nothing, or a run of a project, also where its path has colons', () => {
  expect(base('surfaces')).toBe('surfaces')
  expect(base('none')).toBe('none')
  expect(base('line 3')).toEqual({ folder: resolve('line 3') })
  expect(base('line 3:12')).toEqual({ folder: resolve('line 3'), runId: 12 })
  expect(base('./none')).toEqual({ folder: resolve('none') })
  expect(base('C:\\line')).toEqual({ folder: resolve('C:\\line') })
  expect(base('a:1:2')).toEqual({ folder: resolve('a:1'), runId: 2 })
  for (const text of ['', ' ', ':3', 'line:0', 'P:abc', 'P:', 'P:-1', 'P:1.5', 'C:\\line:x', '/srv/line:last'])
    expect(() => base(text)).toThrow('PROJECT:RUN')
})
