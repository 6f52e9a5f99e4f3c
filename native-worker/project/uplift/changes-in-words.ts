import type { ReportLanguage } from '../../../contract/report.ts'
import type { UpliftChange } from '../../../contract/uplift.ts'

const words: Readonly<Record<UpliftChange, readonly [english: string, chinese: string]>> = {
  method: ['how this version of Flawsmith measures', '此版本 Flawsmith 的测量方法'],
  size: ['the image size of the project', '项目的图像尺寸'],
  classes: ['the classes, or which of them is free of defects', '类别，或哪个类别无缺陷'],
  images: ['the images', '图像'],
  splits: ['the splits', '划分'],
  groups: ['which images show the same part', '哪些图像属于同一工件'],
  candidates: ['the candidates that nobody rejected', '未被拒绝的候选样本'],
  gated: ['the candidates that passed the gate or were accepted', '通过门控或被接受的候选样本'],
  unknown: [
    'not known what, because the older version that measured it kept no note of each thing',
    '具体内容未知，因为测量时所用的旧版本没有逐项记录',
  ],
}

/** One sentence that says what a verdict no longer holds for; empty where nothing has changed. */
export function changesInWords(changed: readonly UpliftChange[], language: ReportLanguage): string {
  if (changed.length === 0) return ''
  return language === 'zh'
    ? `测量之后有变化：${changed.map((change) => words[change][1]).join('；')}。`
    : `Changed since it was measured: ${changed.map((change) => words[change][0]).join('; ')}.`
}
