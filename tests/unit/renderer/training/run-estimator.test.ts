import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { RunEstimate } from '../../../../contract/training.ts'
import type { EstimateInput } from '../../../../renderer/features/training/run-estimator.svelte.ts'
import { RunEstimator } from '../../../../renderer/features/training/run-estimator.svelte.ts'

interface Question {
  readonly input: EstimateInput
  readonly signal: AbortSignal | undefined
  readonly answer: (estimate: RunEstimate) => void
  readonly fail: (error: FlawsmithError) => void
}
let questions: Question[]
let estimator: RunEstimator

beforeEach(() => {
  vi.useFakeTimers()
  questions = []
  const request = (_verb: string, input: EstimateInput, signal?: AbortSignal): Promise<RunEstimate> =>
    new Promise((answer, fail) => questions.push({ input, signal, answer, fail }))
  estimator = new RunEstimator({ request: request as never })
})
afterEach(() => {
  vi.useRealTimers()
})

const measured = (steps: number): RunEstimate => ({
  kind: 'measured',
  engine: 'wasm',
  stepMs: 10,
  timedSteps: 12,
  wasBusy: false,
  peakMemoryBytes: 1,
  checkpointBytes: 1,
  measuredAt: '',
  steps,
  seconds: steps / 100,
  engines: [],
  memory: { freeBytes: 1, leastFreeBytes: 1, fits: true },
})
const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1000)

test('asks once for a field that is typed in', async () => {
  for (const minutes of [1, 12, 120]) estimator.ask({ recipe: 'acgan', minutes })
  expect(estimator.state).toEqual({ kind: 'measuring' })
  await pause()
  expect(questions.map(({ input }) => input)).toEqual([{ recipe: 'acgan', minutes: 120 }])
  questions[0]?.answer(measured(7))
  await pause()
  expect(estimator.state).toMatchObject({ kind: 'known', estimate: { steps: 7 } })
})

test('withdraws a question when another recipe is chosen, and never shows its answer', async () => {
  estimator.ask({ recipe: 'acgan', minutes: 1 })
  await pause()
  estimator.ask({ recipe: 'crgan', minutes: 1 })
  await pause()
  expect(questions[0]?.signal?.aborted).toBe(true)
  questions[0]?.answer(measured(1))
  await pause()
  expect(estimator.state).toEqual({ kind: 'measuring' })
  questions[1]?.answer(measured(2))
  await pause()
  expect(estimator.state).toMatchObject({ estimate: { steps: 2 } })
})

test('another length lets the measurement go on, and is asked for after it', async () => {
  estimator.ask({ recipe: 'acgan', minutes: 1 })
  await pause()
  estimator.ask({ recipe: 'acgan', steps: 50 })
  await pause()
  expect(questions).toHaveLength(1)
  expect(questions[0]?.signal?.aborted).toBe(false)
  questions[0]?.answer(measured(1))
  await pause()
  expect(questions[1]?.input).toEqual({ recipe: 'acgan', steps: 50 })
  expect(estimator.state).toEqual({ kind: 'measuring' })
  questions[1]?.answer(measured(50))
  await pause()
  expect(estimator.state).toMatchObject({ estimate: { steps: 50 } })
  // Known: the old figures stay until the new ones come.
  estimator.ask({ recipe: 'acgan', steps: 60 })
  expect(estimator.state).toMatchObject({ estimate: { steps: 50 } })
})

test('what was busy is measured when asked again', async () => {
  estimator.ask({ recipe: 'acgan', minutes: 1 })
  await pause()
  questions[0]?.answer({ kind: 'busy', engine: 'wasm', busyWith: { job: 'dataset.import' }, last: null })
  await pause()
  expect(estimator.state).toMatchObject({ estimate: { kind: 'busy' } })
  estimator.ask({ recipe: 'acgan', minutes: 1 })
  expect(estimator.state).toEqual({ kind: 'measuring' })
})

test('says what is not possible, and nothing of an incomplete form', async () => {
  estimator.ask({ recipe: 'acgan', minutes: 1 })
  await pause()
  questions[0]?.fail(new FlawsmithError('class_too_small', 'too small'))
  await pause()
  expect(estimator.state).toMatchObject({ kind: 'failed', failure: { code: 'class_too_small' } })
  estimator.ask(null)
  await pause()
  expect(estimator.state).toEqual({ kind: 'none' })
  expect(questions).toHaveLength(1)
})

test('withdraws its question when the form goes away', async () => {
  estimator.ask({ recipe: 'acgan', minutes: 1 })
  await pause()
  estimator.close()
  expect(questions[0]?.signal?.aborted).toBe(true)
})
