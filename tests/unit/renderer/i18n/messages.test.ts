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
      'comparison.counts',
      'failure.pair',
      'groups.oriented',
      'header.counts',
      'job.progress',
      'marks.formatName.coco',
      'marks.formatName.voc',
      'marks.formatName.yolo',
      'marks.of',
      'metric.kid',
      'pair',
      'pair.label',
      'report.filterOption',
      'report.group',
      'review.ofTarget',
      'review.position',
    ])
  })

  test.each([
    ['配方', '方法'],
    ['隐变量', '潜变量'],
    ['批量', '批大小'],
    ['审查', '审核'],
    ['没有缺陷', '无缺陷'],
    ['原始尺寸', '实际大小'],
    ['本机引擎', '原生引擎'],
    ['适配', '缩放方式'],
    ['追加训练', '继续训练'],
    ['知道了', '关闭'],
    // Without 神经 it reads as the internet.
    [/(?<!神经)网络(?!连接)/, '神经网络、模型'],
    // The first run is 第 1 次训练, not “training 1”.
    [/训练 \{\{(run|other)\}\}/, '第 … 次训练'],
  ] as const)('Chinese has one term: not %s but %s', (term, _instead) => {
    const pattern = new RegExp(term)
    expect(Object.entries(chinese).filter(([, text]) => pattern.test(text))).toEqual([])
  })

  test('Chinese has the punctuation of Chinese', () => {
    const withoutValues = (text: string): string => text.replace(/\{\{.*?\}\}/g, 'x')
    const ascii = /[\p{Script=Han}”’）][,;:!?()]|[,;:!?()][\p{Script=Han}“‘（]/u
    expect(Object.entries(chinese).filter(([, text]) => ascii.test(withoutValues(text)))).toEqual([])
  })

  test.each([/\brecipe\b/i, /\bprobe/i, /fixed latents/i, /\bweights? [+]/i])(
    'English says the inspector’s word instead of %s',
    (term) => {
      expect(Object.entries(english).filter(([, text]) => term.test(text.replace(/\{\{.*?\}\}/g, '')))).toEqual([])
    },
  )

  test.each(errorCodes)('error %s says what to do next', (code) => {
    // One sentence states the problem; the other one is the next step.
    expect(english[`error.${code}`]?.split(/[.;:]\s?/).filter(Boolean).length).toBeGreaterThanOrEqual(2)
  })
})
