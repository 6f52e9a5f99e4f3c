import type { enMarks } from './en-marks.ts'

/** The same texts as `enMarks`. */
export const zhMarks = {
  'job.marks.import': '正在导入标记',
  'job.marks.export': '正在导出标记',
  'done.marks.export': '标记已导出。',
  'done.marks.import': '标记已导入。',
} satisfies Readonly<Record<Exclude<keyof typeof enMarks, `${string}_one`>, string>>
