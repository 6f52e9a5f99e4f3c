import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as v from 'valibot'
import { TrainingSchedule } from '../../../contract/schedule.ts'
import type { ScheduleState } from '../../../contract/schedule.ts'
import { EventHub } from '../../../native-worker/service/ports/event-hub.ts'
import { Schedule } from '../../../native-worker/service/schedule/schedule.ts'

const rules: TrainingSchedule = { onlyOnMains: true, onlyInHours: true, hours: { from: '18:00', to: '06:00' } }

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T17:59:45') })
})
afterEach(() => {
  vi.useRealTimers()
})

function openSchedule() {
  const events = new EventHub()
  const told: ScheduleState[] = []
  events.listen(({ name, payload }) => {
    if (name === 'schedule.changed') told.push(payload)
  })
  const schedule = new Schedule({ schedule: rules, file: null, events })
  return { schedule, told }
}

test('tells when the hours begin and end, and when the power changes', () => {
  const { schedule, told } = openSchedule()
  const iso = (text: string): string => new Date(text).toISOString()
  expect(schedule.state()).toMatchObject({ waitsFor: 'hours', nextEdge: iso('2026-11-22T18:00') })
  vi.advanceTimersByTime(15_000)
  expect(told).toMatchObject([{ waitsFor: null, nextEdge: iso('2026-11-23T06:00') }])
  schedule.setPower('battery')
  schedule.setPower('battery')
  expect(told.slice(1)).toMatchObject([{ waitsFor: 'mains', power: 'battery' }])
  schedule.setPower('mains')
  vi.advanceTimersByTime(12 * 3_600_000)
  expect(told.slice(2)).toMatchObject([{ waitsFor: null }, { waitsFor: 'hours', nextEdge: iso('2026-11-23T18:00') }])
  schedule.close()
  expect(vi.getTimerCount()).toBe(0)
})

test('a machine that slept through an edge hears of it half a minute later at most', () => {
  const { schedule, told } = openSchedule()
  vi.setSystemTime(new Date('2026-11-22T22:00'))
  vi.advanceTimersByTime(30_000)
  expect(told).toMatchObject([{ waitsFor: null }])
  schedule.close()
})

test('hours that end when they begin are refused', () => {
  expect(v.is(TrainingSchedule, rules)).toBe(true)
  expect(v.is(TrainingSchedule, { ...rules, hours: { from: '18:00', to: '18:00' } })).toBe(false)
  expect(v.is(TrainingSchedule, { ...rules, hours: { from: '24:00', to: '06:00' } })).toBe(false)
})
