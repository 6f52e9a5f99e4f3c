import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../../../contract/errors.ts'
import { en } from '../../../../renderer/i18n/en.ts'
import { zh } from '../../../../renderer/i18n/zh.ts'

const english: Readonly<Record<string, string>> = en
const chinese: Readonly<Record<string, string>> = zh
const keys = Object.keys(english)
const placeholders = (text: string): readonly string[] => (text.match(/\{\{[^}]+\}\}/g) ?? []).toSorted()

describe('interface texts', () => {
  test('Chinese has exactly the English keys, with its one plural form', () => {
    const expected = keys.filter((key) => !key.endsWith('_one'))
    expect(Object.keys(chinese).toSorted()).toEqual(expected.toSorted())
  })

  test('every singular has its plural', () => {
    const singular = keys.filter((key) => key.endsWith('_one'))
    expect(singular.length).toBeGreaterThan(0)
    expect(singular.filter((key) => !(key.replace(/_one$/, '_other') in english))).toEqual([])
  })

  test.each(Object.keys(chinese))('%s has the same placeholders in both languages', (key) => {
    expect(placeholders(chinese[key] ?? '')).toEqual(placeholders(english[key] ?? ''))
  })

  test('no text is empty, and Chinese texts are Chinese unless they are names or symbols', () => {
    expect(keys.filter((key) => english[key]?.trim() === '')).toEqual([])
    const latin = Object.entries(chinese).filter(
      ([, text]) => !/\p{Script=Han}/u.test(text.replace(/\{\{.*?\}\}/g, '')),
    )
    expect(latin.map(([key]) => key).toSorted()).toEqual([
      'failure.pair',
      'header.counts',
      'job.progress',
      'metric.kid',
      'pair',
      'pair.label',
      'report.filterOption',
      'review.ofTarget',
      'review.position',
    ])
  })

  test.each(errorCodes)('error %s says what to do next', (code) => {
    // One sentence states the problem; the other one is the next step.
    expect(english[`error.${code}`]?.split(/[.;:]\s?/).filter(Boolean).length).toBeGreaterThanOrEqual(2)
  })
})
