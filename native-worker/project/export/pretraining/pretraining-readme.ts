import { signed } from '../../../../contract/uplift-verdict.ts'
import { picturesOf, type Painting } from './painting.ts'

/** How the set was made and used, for whoever trains with it, in English and Chinese. */
export function pretrainingReadme(painting: Painting): string {
  const { className, surfaces, edge, seed, seeds, families, perFamily, measuredAt, mode, batch } = painting
  const { pretraining, fineTuning } = painting
  const interval = `${signed(painting.delta)} [${signed(painting.low)}, ${signed(painting.high)}]`
  const day = measuredAt.slice(0, 10)
  return `Pretraining set: defects painted on good parts
==============================================
No picture here shows a real defect. Do not mix these folders with the class folders of the export.

Made of: ${surfaces.length} train images of the class "${className}", ${edge} x ${edge} px, seed ${seed}.
${picturesOf(painting)} pictures: 10 kinds of painted defects and the surfaces as they are ("none"), ${families} families a kind, ${perFamily} pictures a family.
masks/ says where a defect is (0 nowhere, 255 wholly). manifest.csv names every file, its hash and its surface.

How it was used when it was measured to help (${day}, ${mode}; recipe.json has the same for programs):
1. Train the classifier to name the 11 kinds: ${pretraining.updates} updates of ${batch} pictures, every kind as often as any other, Adam,
   highest rate ${pretraining.highestRate}, climbing for a fifth of the updates, then falling along a cosine; pictures turned, scaled, shifted, mirrored, lit anew.
2. Replace the last layer, and train on the classes of the export: ${fineTuning.updates} updates, highest rate ${fineTuning.highestRate}, classes equally often.
Difference of macro-F1 against real images alone: ${interval} points (${seeds.length} paired repeats).
Each repeat had a set of its own, of the seeds ${seeds.join(', ')}; this is that of seed ${seed}. Another classifier may gain more or less.

预训练集：在良品图像上绘制的缺陷
==============================
此处没有任何真实缺陷图像。请勿与导出的类别文件夹混用。

来源：“${className}”类的 ${surfaces.length} 张训练图像，${edge} x ${edge} 像素，种子 ${seed}。
共 ${picturesOf(painting)} 张：10 种绘制缺陷和未加绘制的表面（“none”），每种 ${families} 族，每族 ${perFamily} 张。
masks/ 标出缺陷位置（0 为无，255 为完全覆盖）。manifest.csv 列出每个文件、其哈希值及所用表面。

测得有效时的用法（${day}，${mode === 'quick' ? '快速' : '完整'}测量；recipe.json 供程序读取）：
1. 训练分类器识别这 11 种：更新 ${pretraining.updates} 次，每次 ${batch} 张，各种等概率抽取，Adam，最高学习率 ${pretraining.highestRate}，
   前五分之一上升，之后按余弦下降；图像经旋转、缩放、平移、镜像和光照变化。
2. 更换最后一层，在导出的类别上训练：更新 ${fineTuning.updates} 次，最高学习率 ${fineTuning.highestRate}，各类别等概率抽取。
与只用真实图像相比，宏平均 F1 相差 ${interval} 个百分点（${seeds.length} 次成对重复）。
每次重复各用一套，种子为 ${seeds.join('、')}；此处为种子 ${seed} 的一套。换用其他分类器，收益可能不同。
`
}
