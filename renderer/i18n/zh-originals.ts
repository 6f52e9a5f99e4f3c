import type { enOriginals } from './en-originals.ts'

/** The same texts as `enOriginals`. */
export const zhOriginals = {
  'verify.warnings_other': '项目外有 {{count, number}} 个原图文件缺失或已更改',
  'verify.warningsHelp': '项目本身完好。在重新导入其所在文件夹之前，无法用它们重新生成图像。',
} as const satisfies Readonly<Record<Exclude<keyof typeof enOriginals, `${string}_one`>, string>>
