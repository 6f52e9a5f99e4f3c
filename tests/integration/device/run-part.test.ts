import { expect, it } from 'vitest'
import { runPart, type PartReport } from '../../device/run-part.ts'

const runCode = (code: string, timeoutSeconds = 20): Promise<PartReport> =>
  runPart({ part: 'a part', engine: 'none', command: [process.execPath, '-e', code], timeoutSeconds })

it('what a part says last is what it found', async () => {
  const report = await runCode(`console.log('warming up'); console.log('{"maxError":1e-6,"correct":true}')`)
  expect(report).toMatchObject({ passed: true, failure: null, found: { maxError: 1e-6, correct: true } })
})

it('the milliseconds that a peer prints become figures', async () => {
  const { found } = await runCode('console.log(JSON.stringify([9, 1, 3, 2, 4]))')
  expect(found).toEqual({ timedSteps: 5, medianMs: 3, p10Ms: 1, p90Ms: 9 })
})

it.each([
  ['wrong numbers', `console.log('{"correct":false,"maxError":0.5}')`, /numbers are wrong/],
  ['no result', `console.log('nothing to say')`, /ended without a result/],
  ['an error', `throw new Error('no such card')`, /exit code 1[\s\S]*no such card/],
  ['a crash', `process.kill(process.pid, 'SIGSEGV'); setTimeout(() => {}, 9000)`, /SIGSEGV/],
])('%s fails the part and says how', async (_, code, words) => {
  const report = await runCode(code)
  expect(report.passed).toBe(false)
  expect(report.failure).toMatch(words)
})

it('a part that never ends is stopped', async () => {
  const report = await runCode('setInterval(() => {}, 1000)', 1)
  expect(report).toMatchObject({ passed: false, found: null })
  expect(report.failure).toMatch(/stopped after 1 s/)
})

it('a program that is not there is a failed part', async () => {
  const report = await runPart({ part: 'a', engine: 'b', command: ['/no/such/program'], timeoutSeconds: 5 })
  expect(report).toMatchObject({ passed: false, found: null })
  expect(report.failure).toMatch(/ENOENT/)
})
