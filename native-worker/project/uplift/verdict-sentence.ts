import { fewestSeeds, type UpliftArm, type UpliftResult } from '../../../contract/uplift.ts'
import type { ReportLanguage } from '../../../contract/report.ts'
import { recipeName } from '../../../contract/recipe-names.ts'
import { samplesOf, signed, smallestTested, verdictArm } from '../../../contract/uplift-verdict.ts'

/** What an arm is called, with which samples it took. */
export function armTitle(
  arm: Pick<UpliftArm, 'arm' | 'source' | 'gated' | 'painted'>,
  language: ReportLanguage,
): string {
  const samples = samplesOf(arm)
  if (samples === null) return language === 'zh' ? '先用绘制缺陷预训练' : 'pretraining on painted defects'
  const { selection } = samples
  const recipe = recipeName(samples.recipe, language)
  if (language === 'zh') {
    const name = `${{ gated: '经门控的', raw: '未经门控的', unknown: '' }[selection ?? 'unknown']}“${recipe}”样本`
    return arm.painted ? `先用绘制缺陷预训练，再加${name}` : name
  }
  const name = `${{ gated: 'gated ', raw: 'ungated ', unknown: '' }[selection ?? 'unknown']}${recipe} samples`
  return arm.painted ? `pretraining on painted defects, then ${name}` : name
}

/** The verdict in one sentence for somebody who decides, with the interval and how much one image weighs. */
export function verdictSentence(result: UpliftResult, language: ReportLanguage): string {
  const { verdict, nTest, seeds, mode } = result
  const arm = verdictArm(result)
  if (arm === null || verdict.overall === 'notMeasured')
    return language === 'zh'
      ? `尚未测量：只有 ${seeds.length} 次成对重复，至少需要 ${fewestSeeds[mode]} 次，且要有可比较的方法。`
      : `Not measured: ${fewestSeeds[mode]} paired repeats and one way of balancing are the least; made were: repeats ${seeds.length}, ways ${arm === null ? 0 : result.arms.length}.`
  const title = armTitle(arm, language)
  const interval = `${signed(arm.delta)} [${signed(arm.low)}, ${signed(arm.high)}]`
  const ways = result.ways ?? 1
  const isForemost = arm.arm === result.foremost
  const smallest = smallestTested(result)
  if (language === 'zh') {
    const intervalName =
      ways > 1
        ? `95 % 区间，对比较的 ${ways} 种方法同时成立${isForemost ? '，该方法事先由验证图像选出' : ''}`
        : '95 % 区间'
    const weight =
      smallest === null
        ? ''
        : `测试图像共 ${nTest} 张；“${smallest.name}”类只有 ${smallest.test} 张，一张就是 ${points(smallest.test)} 个百分点。`
    const said = {
      helps: `有效：${title}使宏平均 F1 提高 ${interval} 个百分点（${intervalName}）。`,
      hurts: `有害：试过的方法都使结果变差；最好的是${title}，${interval} 个百分点（${intervalName}）。不要使用合成图像，用采样和增强来平衡。`,
      noEvidence: `没有证据表明合成图像有帮助：最好的是${title}，${interval} 个百分点（${intervalName}）。不使用合成图像，用采样和增强来平衡。`,
    }[verdict.overall]
    return said + weight
  }
  const intervalName =
    ways > 1
      ? `95 % interval, for all ${ways} ways compared at once${isForemost ? ', of which the validation images had put this one foremost' : ''}`
      : '95 % interval'
  const weight =
    smallest === null
      ? ''
      : ` ${nTest} test images; of “${smallest.name}” there ${smallest.test === 1 ? 'is' : 'are'} ${smallest.test}, so that one image is ${points(smallest.test)} points.`
  const said = {
    helps: `Helps: ${title}, by ${interval} points of macro-F1 (${intervalName}).`,
    hurts: `Hurts: everything that was tried made it worse; the best was ${title}, ${interval} points of macro-F1 (${intervalName}). Use no synthetic images: balance by sampling and augmentation.`,
    noEvidence: `No evidence that anything synthetic helps: the best was ${title}, ${interval} points of macro-F1 (${intervalName}). Use no synthetic images: balance by sampling and augmentation.`,
  }[verdict.overall]
  return said + weight
}

/** What one image of so many is, in points. */
export const points = (images: number): string => {
  const value = 100 / images
  return value < 10 ? value.toFixed(1) : value.toFixed(0)
}
