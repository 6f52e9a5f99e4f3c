import type { enGroups } from './en-groups.ts'

/** The same texts as `enGroups`. */
export const zhGroups = {
  'job.groups.find': '正在比对图像',
  'groups.found_other': '找到 {{count, number}} 组同一工件的图像。',
} satisfies Readonly<Record<Exclude<keyof typeof enGroups, `${string}_one`>, string>>
