import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TrainingSchedule } from '../../../contract/schedule.ts'
import { isInside, nextEdge, waitReason } from '../../../native-worker/service/schedule/schedule-rules.ts'

const night = { from: '18:00', to: '06:00' }
const office = { from: '08:30', to: '17:00' }
const at = (text: string): Date => new Date(text)

describe('hours', () => {
  test.each([
    ['2026-11-22T17:59:59.999', false, '2026-11-22T18:00'],
    ['2026-11-22T18:00', true, '2026-11-23T06:00'],
    ['2026-11-22T23:59', true, '2026-11-23T06:00'],
    ['2026-11-23T00:00', true, '2026-11-23T06:00'],
    ['2026-11-23T05:59', true, '2026-11-23T06:00'],
    ['2026-11-23T06:00', false, '2026-11-23T18:00'],
    ['2026-12-31T18:00', true, '2027-01-01T06:00'],
  ])('across midnight, at %s', (now, inside, edge) => {
    expect(isInside(night, at(now))).toBe(inside)
    expect(nextEdge(night, at(now))).toEqual(at(edge))
  })

  test.each([
    ['2026-11-22T08:29', false, '2026-11-22T08:30'],
    ['2026-11-22T08:30', true, '2026-11-22T17:00'],
    ['2026-11-22T17:00', false, '2026-11-23T08:30'],
  ])('within a day, at %s', (now, inside, edge) => {
    expect(isInside(office, at(now))).toBe(inside)
    expect(nextEdge(office, at(now))).toEqual(at(edge))
  })
})

describe('days on which the clock changes (Berlin 2026)', () => {
  const zone = process.env['TZ']
  beforeEach(() => {
    process.env['TZ'] = 'Europe/Berlin'
  })
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })

  test('a night is an hour shorter in spring and an hour longer in autumn', () => {
    const lengthHours = (evening: string): number =>
      (nextEdge(night, at(evening)).getTime() - at(evening).getTime()) / 3_600_000
    expect(lengthHours('2026-03-28T18:00')).toBe(11)
    expect(lengthHours('2026-10-24T18:00')).toBe(13)
    expect(lengthHours('2026-10-25T18:00')).toBe(12)
  })

  test('a time that the clock skips begins the hours after the gap', () => {
    const hours = { from: '02:30', to: '06:00' }
    const begin = nextEdge(hours, at('2026-03-29T00:00'))
    expect(begin.toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(isInside(hours, new Date(begin.getTime() - 1))).toBe(false)
    expect(isInside(hours, begin)).toBe(true)
  })

  test.each([
    // Both ends fall on 03:30: no hours left, or none taken away.
    [{ from: '02:30', to: '03:30' }, false],
    [{ from: '03:30', to: '02:30' }, true],
  ])('ends that fall together: %o', (hours, inside) => {
    expect(isInside(hours, at('2026-03-29T03:45'))).toBe(inside)
  })

  test('a time that comes twice ends the hours once', () => {
    const hours = { from: '18:00', to: '02:30' }
    const end = nextEdge(hours, at('2026-10-24T20:00'))
    expect(end.toISOString()).toBe('2026-10-25T00:30:00.000Z')
    const hourLater = new Date(end.getTime() + 3_600_000)
    expect([end, hourLater].map((time) => isInside(hours, time))).toEqual([false, false])
    expect(nextEdge(hours, end)).toEqual(at('2026-10-25T18:00'))
  })
})

describe('what a run waits for', () => {
  const rules: TrainingSchedule = { onlyOnMains: true, onlyInHours: true, hours: night }
  const noon = at('2026-11-22T12:00')
  const midnight = at('2026-11-23T00:00')
  const reason = (part: Partial<Parameters<typeof waitReason>[0]>): ReturnType<typeof waitReason> =>
    waitReason({ schedule: rules, power: 'mains', now: midnight, override: null, ...part })

  test('mains power first, then the hours', () => {
    expect(reason({})).toBeNull()
    expect(reason({ power: 'battery' })).toBe('mains')
    expect(reason({ now: noon })).toBe('hours')
    expect(reason({ now: noon, power: 'battery' })).toBe('mains')
    expect(reason({ power: 'unknown' })).toBeNull()
  })

  test('rules that are off hold nothing up', () => {
    const schedule = { ...rules, onlyOnMains: false, onlyInHours: false }
    expect(reason({ schedule, power: 'battery', now: noon })).toBeNull()
  })

  test("the user's word ends with the hours it was given in, and covers the battery only where it says so", () => {
    const override = { givenAt: noon, onBattery: false }
    expect(reason({ now: noon, override })).toBeNull()
    expect(reason({ now: at('2026-11-23T06:00'), override })).toBe('hours')
    expect(reason({ now: noon, override, power: 'battery' })).toBe('mains')
    const changed = { ...rules, hours: { from: '20:00', to: '13:00' } }
    expect(reason({ schedule: changed, now: at('2026-11-22T13:30'), override })).toBe('hours')
    expect(reason({ now: noon, override: { ...override, onBattery: true }, power: 'battery' })).toBeNull()
  })
})
