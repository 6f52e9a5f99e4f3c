import type { enOriginals } from './en-originals.ts'

/** The same texts as `enOriginals`. */
export const zhOriginals = {
  'propose.originals': '原图文件',
  'propose.originalsKeep': '在项目中保存一份',
  'propose.originalsReference': '仅记录所在位置',
  'propose.originalsNeed': '约 {{size}}；项目所在磁盘剩余 {{free}}。',
  'propose.originalsNeedUnknown': '更改项目尺寸和按原图尺寸导出时需要原图。',
  'propose.originalsWarning': '只有文件留在原处时，才能重新生成图像。',
  'export.picturesLabel': '真实图像',
  'export.picturesProject': '项目尺寸',
  'export.picturesOriginal': '原图尺寸',
  'export.picturesOriginalHelp':
    'PNG、JPEG、BMP 文件按原字节导出；训练程序读取结果会不同的文件（超过 8 位、带 Exif 旋转、带透明通道、TIFF、WebP、GIF 及图块）导出为同尺寸的 PNG。',
  'export.originalNote': '真实图像为原图尺寸，合成图像为 {{size}} px；按类别文件夹读取的程序会统一缩放。',
  'export.otherSize_other': '{{count, number}} 个已接受的样本不导出：其训练尺寸与项目当前尺寸不同。',
  'export.absent': '{{name}}：{{splits}} 中没有图像',
  'resize.open': '更改尺寸…',
  'resize.title': '更改图像尺寸',
  'resize.text': '每张图像都将由其原图重新生成：区域和灰度范围不变，仅尺寸改变。旧图像会保留，供已用其训练的模型使用。',
  'resize.fit': '非正方形图像',
  'resize.fitSame': '与导入时相同',
  'resize.leaveOut': '排除缺少原图的图像，而不是拒绝更改',
  'resize.runs': '已有的训练保持其训练时的尺寸，其样本仍可审核；导出时只采用与项目尺寸相同的样本。',
  'resize.action': '更改尺寸',
  'originals.kept': '项目中保存的原图：{{images}} 张（{{size}}）。',
  'originals.referenced_other': '另有 {{count, number}} 张仅记录了位置，必须仍在原处。',
  'originals.absent_other': '{{count, number}} 张图像没有原图。请重新导入其所在文件夹：只补充原图，不会新增图像。',
  'job.dataset.resize': '正在更改图像尺寸',
  'done.dataset.resize': '图像尺寸已更改。',
  'verify.warnings_other': '项目外有 {{count, number}} 个原图文件缺失或已更改',
  'verify.warningsHelp': '项目本身完好。在重新导入其所在文件夹之前，无法用它们重新生成图像。',
} as const satisfies Readonly<Record<Exclude<keyof typeof enOriginals, `${string}_one`>, string>>
