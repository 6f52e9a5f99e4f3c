import type { enFrames } from './en-frames.ts'

/** The same texts as `enFrames`. */
export const zhFrames = {
  'job.frames.add': '正在添加大图',
  'job.frames.open': '正在准备大图',
  'job.frames.importMasks': '正在读取掩膜',
  'job.frames.cut': '正在裁切小图',
  'done.frames.add': '大图已添加。',
  'done.frames.open': '大图已就绪。',
  'done.frames.importMasks': '掩膜已读取。',
  'done.frames.cut': '小图已裁切。',
} satisfies Readonly<Record<Exclude<keyof typeof enFrames, `${string}_one`>, string>>
