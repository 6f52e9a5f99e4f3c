import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Watchdog } from '../../../electron/service/watchdog.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T08:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp({ answers }: { answers: boolean }) {
  const state = { answers, pings: 0 }
  const told: (string | null)[] = []
  const watchdog = new Watchdog({
    ping: () => {
      state.pings += 1
      if (state.answers) queueMicrotask(() => watchdog.hear())
    },
    onChange: (since) => told.push(since?.toISOString() ?? null),
  })
  watchdog.start()
  return { watchdog, told, state }
}

test('a service that answers is never said to be silent', async () => {
  const { watchdog, told, state } = setUp({ answers: true })
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(told).toEqual([])
  expect(watchdog.silentSince).toBeNull()
  expect(state.pings).toBeGreaterThan(3000)
})

test('silence is told once, from the first question without an answer, and its end too', async () => {
  const { watchdog, told, state } = setUp({ answers: true })
  await vi.advanceTimersByTimeAsync(60_000)
  state.answers = false
  await vi.advanceTimersByTimeAsync(9_000)
  expect(told).toEqual([])
  await vi.advanceTimersByTimeAsync(30_000)
  expect(told).toEqual(['2026-03-01T08:01:01.000Z'])
  watchdog.hear()
  expect(told.at(-1)).toBeNull()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(told).toHaveLength(2)
})

test('a service that starts is given a minute', async () => {
  const { told } = setUp({ answers: false })
  await vi.advanceTimersByTimeAsync(58_000)
  expect(told).toEqual([])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(told).toEqual(['2026-03-01T08:00:00.000Z'])
})

test('the night the machine slept through is no silence of the service', async () => {
  const { told, state } = setUp({ answers: true })
  await vi.advanceTimersByTimeAsync(5_000)
  state.answers = false
  await vi.advanceTimersByTimeAsync(1_000)
  vi.setSystemTime(new Date('2026-03-01T18:00:00Z'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(told).toEqual([])
})

test('nothing is asked of a service that has ended', async () => {
  const { watchdog, told, state } = setUp({ answers: false })
  await vi.advanceTimersByTimeAsync(70_000)
  watchdog.stop()
  const { pings } = state
  await vi.advanceTimersByTimeAsync(70_000)
  expect(state.pings).toBe(pings)
  expect(told).toEqual(['2026-03-01T08:00:00.000Z', null])
})
