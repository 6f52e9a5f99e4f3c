import { expect, test } from 'vitest'
import { formatTable } from '../../../native-worker/cli/table.ts'

test('a name of 255 letters is cut in its middle, and the other rows keep the width of a screen', () => {
  const name = `${'scratch '.repeat(31)}at left`
  const lines = formatTable([
    ['class', 'images'],
    ['pit', '5'],
    [name, '12'],
  ])
  expect(lines).toEqual([
    `class${' '.repeat(43)}  images`,
    `pit${' '.repeat(45)}  5`,
    'scratch scratch scratch …scratch scratch at left  12',
  ])
})

test('columns stand under each other where letters take two places', () => {
  expect(
    formatTable([
      ['class', 'images'],
      ['表面划痕', '5'],
      ['pit', '12'],
    ]),
  ).toEqual(['class     images', '表面划痕  5', 'pit       12'])
})

test('the last column is whole: nothing stands behind it, and paths are copied from there', () => {
  const path = `${'folder/'.repeat(30)}a.png`
  expect(formatTable([['1', path]])).toEqual([`1  ${path}`])
})

test('what would steer a terminal is named before it is cut', () => {
  const [line = ''] = formatTable([['\u{1b}[2J'.repeat(40), '1']])
  expect(line).not.toMatch(/\p{Cc}/u)
  expect(line).toMatch(/^<U\+001B>\[2J.*…/)
})

test('a project of 130,000 images is a table, too', () => {
  const row = ['1', 'a.png']
  expect(formatTable(Array.from({ length: 130_000 }, () => row)).at(-1)).toBe('1  a.png')
})
