import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { detailRows } from '../../../../renderer/i18n/detail-rows.ts'
import { formatDuration, formatSize } from '../../../../renderer/i18n/format.svelte.ts'
import { preferredLanguage } from '../../../../renderer/i18n/preferred-language.ts'
import { localize, t, useLanguage } from '../../../../renderer/i18n/translate.svelte.ts'

beforeAll(() => {
  // The one thing of the page that switching needs: the language of the document.
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } })
})
afterEach(() => {
  useLanguage('en')
})

describe('translation', () => {
  test('picks plurals and groups digits', () => {
    expect(t('count.images', { count: 1 })).toBe('1 image')
    expect(t('count.images', { count: 12345 })).toBe('12,345 images')
    useLanguage('zh')
    expect(t('count.images', { count: 1 })).toBe('1 张图像')
  })

  test('switches at run time and tells the document', () => {
    useLanguage('zh')
    expect(t('step.review')).toBe('审核')
    expect(document.documentElement.lang).toBe('zh-Hans')
    expect(localize({ en: 'Batch', zh: '批量' })).toBe('批量')
  })

  test('leaves markup in values alone: Svelte escapes it', () => {
    expect(t('start.forget', { name: '<b>&' })).toBe('Remove <b>& from this list')
  })

  test.each([
    ['zh-CN', 'zh'],
    ['zh', 'zh'],
    ['zh-Hans-SG', 'zh'],
    ['en-GB', 'en'],
    ['de', 'en'],
  ])('%s starts in %s', (locale, language) => {
    expect(preferredLanguage(locale)).toBe(language)
  })

  test('formats sizes and durations', () => {
    expect(formatSize(0)).toBe('0 byte')
    expect(formatSize(1_234_567)).toBe('1.2 MB')
    expect(formatDuration(48)).toBe('48 s')
    expect(formatDuration(720)).toBe('12 min')
    expect(formatDuration(11_100)).toBe('3 h 05 min')
  })

  test('labels the values of a failure and keeps names it does not know', () => {
    const rows = detailRows({ folder: '/data/线 3', needed: 2, curvature: 1, empty: null })
    expect(rows).toEqual([
      { label: 'Folder', value: '/data/线 3' },
      { label: 'Needed', value: '2' },
      { label: 'curvature', value: '1' },
    ])
  })
})
