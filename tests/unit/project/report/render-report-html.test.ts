import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { changesInWords } from '../../../../native-worker/project/uplift/changes-in-words.ts'
import type { RunId, Sha256 } from '../../../../contract/ids.ts'
import { enReport } from '../../../../native-worker/project/report/en-report.ts'
import { renderReportHtml } from '../../../../native-worker/project/report/render-report-html.ts'
import type { ReportDocument } from '../../../../native-worker/project/report/report-document.ts'
import { zhReport } from '../../../../native-worker/project/report/zh-report.ts'
import { verdictSentence } from '../../../../native-worker/project/uplift/verdict-sentence.ts'
import { emptyReport, fullReport, reportedVerdict } from '../../../helpers/report-document.ts'

const languages = ['en', 'zh'] as const

/** What a reader sees, without markup and style. */
const wordsOf = (page: string): string =>
  page
    .replace(/<style>[^]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')

test.each(languages)('the verdict stands first, in the words of the app (%s)', (language) => {
  const words = wordsOf(renderReportHtml(fullReport(), language))
  const sentence = verdictSentence(reportedVerdict, language)
  expect(words).toContain(sentence)
  expect(words.indexOf(sentence)).toBeLessThan(words.indexOf({ en: enReport, zh: zhReport }[language].data.title + ' '))
  expect(words).toContain(`c0ffee`.repeat(10))
  expect(words).toContain('1,234')
})

test.each(languages)(
  'nothing that a project holds becomes markup, and nothing is loaded from anywhere (%s)',
  (language) => {
    const page = renderReportHtml(fullReport(), language)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).toContain('Ann &lt;i&gt;')
    expect(page).not.toMatch(/<script|<img src=x|<i>|<b>|<u>/)
    const tags = [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag)
    // The policy allows one style sheet and pictures in the page itself: nothing else may be in there to be refused.
    expect(tags.filter((tag) => / style=| on[a-z]+=|href|<link|javascript:|url\(/.test(tag))).toEqual([])
    expect([...page.matchAll(/src="([^"]{0,22})/g)].every(([, source]) => source === 'data:image/png;base64,')).toBe(
      true,
    )
    const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? ''
    expect(page).toContain(`style-src &#39;sha256-${createHash('sha256').update(style).digest('base64')}&#39;`)
  },
)

test.each(languages)('before anything was measured it says so, what to do and how long it takes (%s)', (language) => {
  const texts = { en: enReport, zh: zhReport }[language]
  const words = wordsOf(renderReportHtml(emptyReport(), language))
  for (const text of [
    texts.verdict.heading,
    texts.verdict.howTo,
    texts.data.notCompared,
    texts.data.noImports,
    texts.runs.none,
    texts.absences.noClassFreeOfDefects,
    texts.scores.notScored,
    texts.decisions.none,
    texts.limits.notMeasured,
    texts.limits.noGate,
  ])
    expect(words).toContain(text)
  expect(words).not.toContain(texts.verdict.recommendedNone)
  expect(words).not.toMatch(/undefined|NaN|null|\[object/)
})

test.each(languages)('every figure has its n or the words for what was not measured (%s)', (language) => {
  const texts = { en: enReport, zh: zhReport }[language]
  const words = wordsOf(renderReportHtml(fullReport(), language))
  expect(words).not.toMatch(/undefined|NaN|null|\[object/)
  for (const text of [
    texts.measured.tested(57, 49),
    // Five test images.
    texts.measured.pointsOf('20'),
    texts.scores.heldOutOf(2, 200, '1.0 %') + texts.scores.sources.val,
    texts.scores.limitOf('0.41', 244, false),
    texts.scores.notMeaningful(12, 30),
    '28 / 40',
    texts.measured.falseAlarmsOf('5.1 %', '4.2 %', 40),
    texts.measured.severalWays(5),
    texts.limits.smallTest('划痕 & "pit"', 5, '20'),
    texts.decisions.noNearest,
    texts.decisions.noPicture,
  ])
    expect(words).toContain(text)
})

test('intervals of one way each are said to be so, and ways that were not measured have their names', () => {
  const document = fullReport()
  const { ways: _, ...older } = reportedVerdict
  const words = wordsOf(renderReportHtml({ ...document, verdict: { ...document.verdict, result: older } }, 'en'))
  expect(words).toContain(enReport.limits.severalWays(4))
  expect(words).not.toContain(enReport.measured.severalWays(5))
  expect(words).toContain(`pretraining on painted defects, then ungated Patchwork samples ${enReport.absences.ungated}`)
})

test('of a run that lost its last steps those that are kept are told, and what composes has none', () => {
  const words = wordsOf(renderReportHtml(fullReport(), 'en'))
  expect(words).toContain('4,200 (4,100 kept) 30.2')
  expect(words).toMatch(/Transplant .* 7 – – /)
})

test('a verdict on other images recommends nothing, and says so', () => {
  const document = fullReport()
  const stale: ReportDocument = { ...document, verdict: { ...document.verdict, changed: ['splits'] } }
  const words = wordsOf(renderReportHtml(stale, 'en'))
  expect(words).toContain(enReport.verdict.stale(changesInWords(['splits'], 'en')))
  expect(words).toContain(enReport.limits.stale(changesInWords(['splits'], 'en')))
  expect(words).not.toContain('Recommended for the export')
})

test('too few repeats are no verdict, and no finding', () => {
  const document = fullReport()
  const arms = reportedVerdict.arms.map((arm) => ({ ...arm, finding: 'notMeasured' as const }))
  const result = {
    ...reportedVerdict,
    ...{ seeds: [1, 2], arms },
    verdict: { ...reportedVerdict.verdict, overall: 'notMeasured' as const, recommended: null },
  }
  const words = wordsOf(renderReportHtml({ ...document, verdict: { ...document.verdict, result } }, 'en'))
  expect(words).toContain(verdictSentence(result, 'en'))
  expect(words).toContain(enReport.verdict.howTo)
  expect(words).not.toContain('Recommended for the export')
})

/** Every text of a table of texts, functions called with something. */
function textsOf(texts: object): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[name, value] as const]
    if (typeof value === 'function')
      return [[name, String((value as (...values: number[]) => unknown)(1, 2, 3, 4))] as const]
    return textsOf(value as object).map(([inner, text]) => [`${name}.${inner}`, text] as const)
  })
}

test('both languages say everything, each in its own words', () => {
  const [en, zh] = [textsOf(enReport), textsOf(zhReport)]
  expect(zh.map(([name]) => name)).toEqual(en.map(([name]) => name))
  const sameInBoth = new Set(['record.flawsmith', 'record.command', 'data.states', 'measured.macroF1'])
  for (const [index, [name, text]] of zh.entries()) {
    expect(text, name).not.toBe('')
    if (!sameInBoth.has(name)) expect(text, name).not.toBe(en[index]?.[1])
  }
  expect(en.filter(([, text]) => /[\u3400-\u9fff]/.test(text))).toEqual([])
})

test('a run that started from a run of another project says which one', () => {
  const report = fullReport()
  const origin = {
    ...{ project: 'line <3>\u202e', projectUid: 'a'.repeat(32), run: 2 as RunId, recipe: 'crgan', edition: '2' },
    ...{ size: 64, channels: 1 as const, step: 3000, sha256: 'f'.repeat(64) as Sha256 },
  }
  const runs = report.runs.map((run) => (run.base === null ? run : { ...run, base: { ...run.base, origin } }))
  const words = (language: 'en' | 'zh'): string => wordsOf(renderReportHtml({ ...report, runs }, language))
  expect(words('en')).toContain('run 2 of “line <3><U+202E>”: CR-GAN of edition 2, 64 px, step 3,000 (SHA-256 ffff')
  expect(words('zh')).toContain('项目“line <3><U+202E>”的第 2 次训练：CR-GAN 版本 2，64 px，第 3,000 步（SHA-256 ffff')
})
