import type { enUplift } from './en-uplift.ts'

export const zhUplift = {
  'job.uplift.measure': '正在测量哪种做法有效',
  'done.uplift.measure': '测量已完成。',
} satisfies Readonly<Record<Exclude<keyof typeof enUplift, `${string}_one`>, string>>
