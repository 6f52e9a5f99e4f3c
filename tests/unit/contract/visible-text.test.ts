import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visibleJson, visibleText } from '../../../contract/visible-text.ts'

test.each([
  ['划痕 – “ok” 🔥 عربي', '划痕 – “ok” 🔥 عربي'],
  ['a\u{1b}[31mb', 'a<U+001B>[31mb'],
  ['a\u{9b}2Jb', 'a<U+009B>2Jb'],
  ['a\r\nerror b', 'a<U+000D><U+000A>error b'],
  ['gnp.\u{202e}evil', 'gnp.<U+202E>evil'],
  ['a\u{2066}b\u{2069}\u{200f}', 'a<U+2066>b<U+2069><U+200F>'],
  ['a\u{2028}\u{7f}\ud800', 'a<U+2028><U+007F><U+D800>'],
])('%j is shown as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown)
})

test('nothing steers a terminal, and JSON stays the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
      const json = visibleJson(JSON.stringify({ text }))
      expect(json).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
      expect(JSON.parse(json)).toEqual({ text })
    }),
  )
})
