import { afterEach, beforeAll, expect, test } from 'vitest'
import { skipDetail } from '../../../../renderer/i18n/skip-detail.ts'
import { useLanguage } from '../../../../renderer/i18n/translate.svelte.ts'

beforeAll(() => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } })
})
afterEach(() => {
  useLanguage('en')
})

test.each([
  [{ name: 'pixel_size', width: 30_000, height: 30_000 }, '30,000 × 30,000 pixels', '30,000 × 30,000 像素'],
  [
    { name: 'cut_short', bytes: 1200, needed: 64_000 },
    'The file ends early: 1.2 kB of 64 kB',
    '文件不完整：只有 1.2 kB，应为 64 kB',
  ],
  [{ name: 'unknown_format' }, 'Not PNG, JPEG, BMP, TIFF, WebP or GIF', '不是 PNG、JPEG、BMP、TIFF、WebP 或 GIF'],
  [{ name: 'file_size', bytes: 0 }, '', ''],
  [{ name: 'system' }, 'The system says: EACCES', '系统报告：EACCES'],
] as const)('%o is said in both languages', (cause, english, chinese) => {
  expect(skipDetail({ detail: 'EACCES', cause })).toBe(english)
  useLanguage('zh')
  expect(skipDetail({ detail: 'EACCES', cause })).toBe(chinese)
})

test('a duplicate names its first copy, whatever the language', () => {
  useLanguage('zh')
  expect(skipDetail({ detail: 'good/1.png' })).toBe('good/1.png')
})
