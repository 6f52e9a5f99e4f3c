import { expect, test } from 'vitest'
import {
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
