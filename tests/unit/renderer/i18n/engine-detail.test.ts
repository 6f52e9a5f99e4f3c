import { afterEach, beforeAll, expect, test } from 'vitest'
import { engineObstacles } from '../../../../contract/engines.ts'
import type { FailureCause } from '../../../../contract/errors.ts'
import { engineDetail } from '../../../../renderer/i18n/engine-detail.ts'
import { useLanguage } from '../../../../renderer/i18n/translate.svelte.ts'

beforeAll(() => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } })
})
afterEach(() => {
  useLanguage('en')
})

const english = 'not installed; run `flawsmith engines install`'
const values = {
  built: '4.21.0',
  needed: '4.22.0',
  file: 'a.so',
  addon: '/x',
  package: 'webgpu',
  card: 'SwiftShader',
  reason: 'wrong ELF class',
  maxError: 0.25,
  seconds: 180,
}
const unavailable = (details: FailureCause['details']): FailureCause => ({ code: 'engine_unavailable', details })

test.each(engineObstacles)('%s is said in both languages, with its values', (obstacle) => {
  const report = { detail: english, failure: unavailable({ engine: 'cuda', obstacle, ...values }) }
  const text = engineDetail(report)
  useLanguage('zh')
  const chinese = engineDetail(report)
  expect(chinese).toMatch(/\p{Script=Han}/u)
  for (const each of [text, chinese]) {
    expect(each).not.toMatch(/\{\{|flawsmith|undefined/)
    expect(each).not.toBe(english)
  }
})

test('values are in their place', () => {
  expect(
    engineDetail({ detail: '', failure: unavailable({ obstacle: 'missing_package', package: 'webgpu' }) }),
  ).toContain('the package webgpu is missing')
  expect(engineDetail({ detail: '', failure: unavailable({ obstacle: 'wrong_numbers', maxError: 0.25 }) })).toContain(
    '2.5E-1',
  )
})

test('a process that died says how, whatever the language', () => {
  useLanguage('zh')
  const failure = { code: 'compute_died', details: { signal: 'SIGSEGV', exitCode: null, lastLine: '' } } as const
  expect(engineDetail({ detail: 'The compute process …', failure })).toBe('测试进程意外退出。信号：SIGSEGV。')
})

test('what has no code that we know keeps the words of the service', () => {
  expect(engineDetail({ detail: english, failure: null })).toBe(english)
  expect(engineDetail({ detail: english, failure: unavailable({ obstacle: 'sunspots' }) })).toBe(english)
})
