import { beforeAll, expect, test } from 'vitest'
import { cancelledText } from '../../../../renderer/features/app/announce-job.ts'
import { useLanguage } from '../../../../renderer/i18n/translate.svelte.ts'

beforeAll(() => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } })
  useLanguage('en')
})

test('a cancelled import says how much of it stays, and how to go on or back', () => {
  const said = cancelledText('dataset.import', { import: 1, imported: 999, done: 1000, files: 1800 })
  expect(said).toContain('after 1,000 of 1,800 files. 999 imported images stay')
  expect(said).toContain('Import the folder again')
  expect(cancelledText('dataset.import', { import: 1, imported: 9, done: 9, files: 9 })).toContain('marks')
})

test('any other task claims that nothing is left only where that is so', () => {
  expect(cancelledText('exports.run', {})).toContain('Nothing was left half-done')
  expect(cancelledText('samples.generateBelowTarget', {})).toContain('What was finished before stays')
})
