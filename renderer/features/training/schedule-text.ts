import type { ScheduleState, WaitReason } from '../../../contract/schedule.ts'
import { formatMoment, formatTimeOfDay } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

type Rules = ScheduleState['schedule']

/** The rules in a few words: "mains power only, 18:00–06:00". */
export function summarizeSchedule({ onlyOnMains, onlyInHours, hours }: Rules): string {
  if (onlyInHours) {
    const ends = { from: formatTimeOfDay(hours.from), to: formatTimeOfDay(hours.to) }
    return t(onlyOnMains ? 'schedule.both' : 'schedule.hoursOnly', ends)
  }
  return t(onlyOnMains ? 'schedule.mainsOnly' : 'schedule.off')
}

/** When a run that waits for `reason` goes on, for a list: "until Nov 22, 6:00 PM". */
export const waitText = (reason: WaitReason, state: ScheduleState | null): string =>
  reason === 'mains' || typeof state?.nextEdge !== 'string'
    ? t(reason === 'mains' ? 'schedule.forMains' : 'schedule.forHours')
    : t('schedule.until', { time: formatMoment(state.nextEdge) })

/** The same as a sentence about a run. */
export function waitSentence(
  reason: WaitReason,
  { pausing, state }: { pausing: boolean; state: ScheduleState | null },
): string {
  if (pausing) return t(reason === 'mains' ? 'schedule.pausesForMains' : 'schedule.pausesForHours')
  if (reason === 'mains' || typeof state?.nextEdge !== 'string') {
    return t(reason === 'mains' ? 'schedule.waitsForMains' : 'schedule.waitsForHours')
  }
  return t('schedule.waitsUntil', { time: formatMoment(state.nextEdge) })
}

/** What a run that is started now waits for. */
export const startSentence = (reason: WaitReason, state: ScheduleState | null): string =>
  reason === 'mains' || typeof state?.nextEdge !== 'string'
    ? t('schedule.startWaits')
    : t('schedule.startWaitsUntil', { time: formatMoment(state.nextEdge) })
