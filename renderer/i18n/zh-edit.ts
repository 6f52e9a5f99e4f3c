import type { enEdit } from './en-edit.ts'

/** The same texts as `enEdit`. */
export const zhEdit = {
  'dataset.tabs': '数据集的各部分',
  'dataset.tab.images': '图像',
  'dataset.tab.groups': '分组',
  'dataset.tab.marks': '标记',
  'dataset.tab.problems': '问题',
} satisfies Readonly<Record<Exclude<keyof typeof enEdit, `${string}_one`>, string>>
