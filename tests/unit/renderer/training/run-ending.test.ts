import { afterEach, beforeAll, expect, test } from 'vitest'
import { runEnding } from '../../../../renderer/features/training/run-ending.ts'
import { detailRows } from '../../../../renderer/i18n/detail-rows.ts'
import { useLanguage } from '../../../../renderer/i18n/translate.svelte.ts'

beforeAll(() => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } })
})
afterEach(() => {
  useLanguage('en')
})

const details = { step: 120, freeBytes: 200_000_000, leastFreeBytes: 300_000_000, usedBytes: 1_500_000_000 }
const failed = {
  status: 'failed',
  end: 'failed',
  checkpointStep: 100,
  isEndRecorded: true,
  failure: { code: 'out_of_memory', details },
} as const

test('a failed run says by its code what happened, and what is kept', () => {
  expect(runEnding(failed)).toEqual([
    'There was not enough memory. Use a smaller batch or a smaller preset, or close other programs.',
    'Training ended early. What it had learned up to its checkpoint at step 100 is kept.',
  ])
  useLanguage('zh')
  for (const line of runEnding(failed)) expect(line).not.toMatch(/[a-z]{4}/)
  expect(detailRows(details)).toEqual([
    { label: '步', value: '120' },
    { label: '可用', value: '200 MB' },
    { label: '系统所需', value: '300 MB' },
    { label: '训练占用', value: '1.5 GB' },
  ])
})

test('what is kept is named by its step, and nothing is promised where nothing is kept', () => {
  const early = { ...failed, checkpointStep: null } as const
  for (const run of [early, { ...early, end: 'died' }, { ...early, failure: null }] as const) {
    const text = runEnding(run).join(' ')
    expect(text).toContain('nothing it had learned is kept')
    expect(text).not.toMatch(/Resume|is intact/)
  }
  expect(runEnding({ ...failed, end: 'died' }).at(-1)).toContain('step 100')
})

test('an end that the disk takes no record of is said to be known here only', () => {
  const lines = runEnding({ ...failed, failure: { code: 'disk_full', details: {} }, isEndRecorded: false })
  expect(lines.at(-1)).toContain('takes no record of this end yet')
  expect(runEnding(failed).join(' ')).not.toContain('record')
})

test('a run without a recorded code keeps the sentence of its end', () => {
  expect(runEnding({ ...failed, failure: null })).toHaveLength(1)
  expect(runEnding({ ...failed, end: 'diverged' })[0]).toMatch(/^Training diverged/)
  expect(runEnding({ ...failed, status: 'interrupted', end: 'died' })[0]).toContain('Resume continues')
  expect(runEnding({ ...failed, status: 'interrupted', end: 'died', checkpointStep: null })[0]).toContain('new run')
})

test('an engine that is gone is named with its obstacle, not with its code', () => {
  expect(detailRows({ engine: 'tensorflow', obstacle: 'not_installed' })).toEqual([
    { label: 'Engine', value: 'tensorflow' },
    { label: 'Reason', value: 'Not installed. “Install native engine” builds it.' },
  ])
})
