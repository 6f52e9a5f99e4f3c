import type { enFormats } from './en-formats.ts'

/** The same texts as `enFormats`. */
export const zhFormats = {
  'skip.unsupported_kind': '不支持的类型',
  'skipCause.changed': '导入过程中文件发生了变化，请重新导入',
  'skipCause.says_synthetic': '由 Flawsmith 生成（文件自身标明）',
  'skipCause.compression': '采用 {{value}} 压缩，请先另存为不压缩或 LZW 压缩',
  'skipCause.colour_model': '像素为 {{value}}，请先转换为灰度或 RGB',
  'skipCause.sample_bits': '每个采样 {{value}} 位，请先转换为 8 位或 16 位',
  'skipCause.signed': '像素为有符号 {{value}} 位，请先转换为无符号',
  'skipCause.unknown_range': '32 位像素的最大值为 {{value}}，无法由其他文件判断其范围，请先转换为 16 位',
  'depth.source.asked': '按所选',
  'depth.source.declared': '按文件声明',
  'depth.source.largest_value': '按找到的最大值',
  'depth.files_other': '有 {{count, number}} 个文件超过 8 位，{{source}}按 {{bits}} 位读取：0–{{white}} 对应 0–255。',
  'depth.wide_other': '有 {{count, number}} 个 32 位文件按全部取值范围读取：0–{{white}} 对应 0–255。',
  'depth.clipped_other': '有 {{count, number}} 张图像含有更亮的值，现已变为白色。',
  'depth.earlier': '以前导入的图像按 {{bits}} 位读取，其亮度与本次导入不可比较。',
  'pages.files_other': '有 {{count, number}} 个文件包含多页，各只导入了其中一页。',
  'pages.show': '显示页',
  'pages.hide': '隐藏页',
  'pages.listLabel': '包含多页的文件',
  'pages.taken': '共 {{pages}} 页，取第 {{taken}} 页，其余 {{further}} 页未导入',
} satisfies Readonly<Record<Exclude<keyof typeof enFormats, `${string}_one`>, string>>
