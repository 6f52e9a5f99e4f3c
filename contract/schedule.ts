import * as v from 'valibot'

/** Hours and minutes on the wall clock of this machine, "18:00". */
export const TimeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 18:00'))

/** From one time of day to another; past midnight where `to` is the earlier one. */
export const TrainingHours = v.pipe(
  v.strictObject({ from: TimeOfDay, to: TimeOfDay }),
  v.check(({ from, to }) => from !== to, 'begins and ends at the same time'),
)
export type TrainingHours = v.InferOutput<typeof TrainingHours>

/** When runs may train. The hours are remembered while they are not followed. */
export const TrainingSchedule = v.strictObject({
  onlyOnMains: v.boolean(),
  onlyInHours: v.boolean(),
  hours: TrainingHours,
})
export type TrainingSchedule = v.InferOutput<typeof TrainingSchedule>

export const noSchedule: TrainingSchedule = {
  onlyOnMains: false,
  onlyInHours: false,
  hours: { from: '18:00', to: '06:00' },
}

/** `unknown` where the system does not tell; it holds nothing up. */
export const PowerSource = v.picklist(['mains', 'battery', 'unknown'])
export type PowerSource = v.InferOutput<typeof PowerSource>

/** What a run waits for before it trains: mains power, or the hours of the schedule. */
export type WaitReason = 'mains' | 'hours'

export interface ScheduleState {
  readonly schedule: TrainingSchedule
  readonly power: PowerSource
  /** What holds runs up now, unless they were started all the same; null where nothing does. */
  readonly waitsFor: WaitReason | null
  /** When the hours begin or end next, in ISO 8601; null where they are not followed. */
  readonly nextEdge: string | null
}

/** The user's word against the schedule: its hours until they next begin or end and, if asked for, its mains power until that is back. */
export const TrainNow = v.strictObject({ onBattery: v.boolean() })
export type TrainNow = v.InferOutput<typeof TrainNow>
