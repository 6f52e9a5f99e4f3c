import { afterEach, beforeAll, expect, test } from 'vitest'
import * as v from 'valibot'
import { findRefusedInput, refusedInputDetails } from '../../../../contract/refused-input.ts'
import type { Verb } from '../../../../contract/service.ts'
import { requestSchemas } from '../../../../contract/service.ts'
import { detailRows } from '../../../../renderer/i18n/detail-rows.ts'
import { errorText } from '../../../../renderer/i18n/error-text.ts'
import { useLanguage } from '../../../../renderer/i18n/translate.svelte.ts'

beforeAll(() => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } })
})
afterEach(() => {
  useLanguage('en')
})

const by = 'Ann'

test.each<readonly [Verb, unknown, string, string]>([
  [
    'dataset.resize',
    { size: 33, by },
    'The image size is 33; it can be a whole number from 16 to 512, a multiple of 4.',
    '图像尺寸为 33；应为 16 到 512 的整数，且为 4 的倍数。',
  ],
  [
    'exports.plan',
    { layout: 'imagefolder', target: 0 },
    'The number of images of a class is 0; it can be a whole number from 1 to 1,000,000, or max or none or recommended.',
    '每个类别的图像数量为 0；应为 1 到 1,000,000 的整数，或 max 或 none 或 recommended。',
  ],
  [
    'classes.rename',
    { classId: 1, name: '', by },
    'The name is empty; it can have from 1 to 255 characters.',
    '名称为空；字符数应为 1 到 255。',
  ],
  [
    'classes.rename',
    { classId: 1, name: '划'.repeat(600), by },
    `The name has 600 characters (“${'划'.repeat(40)}…”); it can have from 1 to 255 characters.`,
    `名称有 600 个字符（“${'划'.repeat(40)}…”）；字符数应为 1 到 255。`,
  ],
  [
    'runs.start',
    { recipe: 'acgan', steps: NaN },
    'The number of steps is missing; it can be a whole number from 1 to 10,000,000.',
    '缺少步数；应为 1 到 10,000,000 的整数。',
  ],
])('what %s does not take is said in both languages, and not twice', (verb, input, english, chinese) => {
  const schema: v.GenericSchema = requestSchemas[verb]
  const found = findRefusedInput(schema, v.safeParse(schema, input).issues ?? [])
  const details = found === null ? {} : refusedInputDetails(found)
  expect(errorText({ code: 'invalid_request', details })).toBe(english)
  expect(detailRows(details)).toEqual([])
  useLanguage('zh')
  expect(errorText({ code: 'invalid_request', details })).toBe(chinese)
})

test('another failure keeps the sentence of its code', () => {
  expect(errorText({ code: 'class_exists', details: { name: 'pit' } })).toContain('name')
  expect(detailRows({ name: 'pit' })).toHaveLength(1)
})

test('what is under way is called as the window calls it, in each language', () => {
  useLanguage('en')
  expect(detailRows({ job: 'dataset.import' })).toEqual([{ label: 'Under way', value: 'Importing images' }])
  useLanguage('zh')
  expect(detailRows({ job: 'dataset.import' })).toEqual([{ label: '进行中的任务', value: '正在导入图像' }])
})
