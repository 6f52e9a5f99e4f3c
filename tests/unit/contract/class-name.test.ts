import * as v from 'valibot'
import { expect, test } from 'vitest'
import { assertClassName, caseTwins, ClassName } from '../../../contract/class-name.ts'
import { requestSchemas } from '../../../contract/service.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'

const rename = (name: string): boolean => v.is(requestSchemas['classes.rename'], { classId: 1, name, by: 'Ann' })
const importAs = (className: string): boolean =>
  v.is(requestSchemas['dataset.import'], { folder: '/images', fit: 'crop', className })

test('an import and a rename take the same names', async () => {
  for (const takes of [rename, importAs, (name: string) => v.is(ClassName, name)]) {
    expect(takes('划'.repeat(255))).toBe(true)
    expect(takes('x'.repeat(256))).toBe(false)
    expect(takes(' ')).toBe(false)
  }
  expect(() => {
    assertClassName('x'.repeat(256))
  }).toThrow('The class name has 256 characters')
  expect(
    await errorCodeOf(async () => {
      await Promise.resolve()
      assertClassName('')
    }),
  ).toBe('invalid_request')
})

test('names that look the same are the same', () => {
  expect(v.parse(ClassName, ' cafe\u0301 ')).toBe('caf\u00e9')
})

test('names that differ in case only are twins', () => {
  expect(caseTwins(['pit', 'Pit', 'dent', 'É', 'e\u0301'])).toEqual(['pit', 'Pit', 'É', 'e\u0301'])
  expect(caseTwins(['pit', 'dent'])).toEqual([])
})
