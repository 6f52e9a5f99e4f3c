import type { enHealth } from './en-health.ts'

/** The same texts as `enHealth`. */
export const zhHealth = {
  'health.light.likeness': '逼真度',
  'health.tone.plain': '未见异常',
  'health.likenessEarly': '尚不清楚样本是否像真实图像：每半分钟比较一次，需要三次比较。',
  'health.classFlat':
    '{{name}} 几乎只是一片纯色：对比度为 {{images}} 张真实图像的 {{share}}（要求不低于 {{wanted}}）。请勿使用这些样本；请退回较早的检查点，或换一种方法重新训练。',
  'health.classFar': '{{name}} 不像真实图像：{{figures}}。{{advice}}',
  'health.classUnlike': '{{name}} 还不够像真实图像：{{figures}}。{{advice}}',
  'health.classBlurred': '{{name}} 模糊：细节为 {{images}} 张真实图像的 {{share}}（要求不低于 {{wanted}}）。{{advice}}',
  'health.classRising': '{{name}} 已达到要求，并且仍在改善：{{figures}}。请继续训练。',
  'health.classTooSmall':
    '{{name}} 未测量：只有 {{images}} 张真实图像，至少需要 {{needed}} 张。请逐一查看该类别的样本。',
  'health.classUnmeasured': '{{name}} 在这次训练中未测量。请逐一查看该类别的样本。',
  'health.likenessFine_other':
    '按这些指标，全部 {{count, number}} 个类别的样本都像真实图像。相差最大的是 {{name}}：{{figures}}。样本是否可用，由审核决定。',
  'health.varietyRising': '{{name}} 仍在变化：多样性目前为 {{images}} 张真实图像的 {{share}}。',
  'health.varietyUnmeasured': '{{name}} 的真实图像太少，多样性未测量。',
  'likeness.overall': '各类别的平均',
  'likeness.coverage': '{{share}} 的真实图像有与之相似的样本（要求不低于 {{wanted}}）',
  'likeness.coverageOf': '{{images}} 张真实图像中有 {{share}} 存在与之相似的样本（要求不低于 {{wanted}}）',
  'likeness.coverageAgainst':
    '{{images}} 张真实图像中有 {{share}} 存在与之相似的样本，真实图像之间为 {{real}}（要求不低于 {{wanted}}）',
  'likeness.distance': '距离 {{own}}，真实图像之间为 {{real}}（要求不超过 {{most}}）',
  'likeness.both': '{{coverage}}，并且{{distance}}',
  'likeness.advice.early': '训练时间太短，无法进一步判断：请继续训练。',
  'likeness.advice.rising': '仍在改善：请继续训练。',
  'likeness.advice.settled': '已不再改善：请换一种方法，或增加该类别的图像。',
  'likeness.tab': '各类别',
  'likeness.table': '各类别的逼真度',
  'likeness.images': '对照图像',
  'likeness.coverageTitle': '覆盖率',
  'likeness.coverageHelp':
    '有相似样本的真实图像所占的比例，后一个数是真实图像两半之间的比例。要求不低于后者的 {{wanted}}。',
  'likeness.coverageValue': '{{own}}，对照 {{real}}',
  'likeness.distanceTitle': '距离',
  'likeness.distanceHelp': '与真实图像的距离，后一个数是真实图像两半之间的距离。要求不超过后者的 {{floors}} 倍。',
  'likeness.distanceValue': '{{own}}，对照 {{real}}',
  'likeness.contrastTitle': '对比度',
  'likeness.contrastHelp': '相对于真实图像的对比度，要求不低于 {{wanted}}。',
  'likeness.sharpnessTitle': '细节',
  'likeness.sharpnessHelp': '相对于真实图像的细节，要求不低于 {{wanted}}。',
  'likeness.verdict': '结论',
  'likeness.verdict.unmeasured': '未测量',
  'likeness.verdict.tooSmall': '未测量：至少需要 {{needed}} 张真实图像',
  'likeness.verdict.early': '为时尚早',
  'likeness.verdict.flat': '几乎是一片纯色',
  'likeness.verdict.far': '与真实相差很远',
  'likeness.verdict.unlike': '还不够像',
  'likeness.verdict.blurred': '模糊',
  'likeness.verdict.alike': '按这些指标像真实图像',
} satisfies Readonly<Record<Exclude<keyof typeof enHealth, `${string}_one`>, string>>
