import type { ExportPlan } from '../../../../contract/export.ts'
import { lastUpliftVerdict } from '../../storage/uplift.ts'
import type { Db } from '../../storage/query.ts'
import { verdictCaveats } from '../../uplift/verdict-caveats.ts'
import { verdictSentence } from '../../uplift/verdict-sentence.ts'
import { escapeHtml } from './escape-html.ts'

type FollowedPlan = Pick<ExportPlan, 'followed' | 'pretraining' | 'classes'>
type Fact = readonly [english: string, chinese: string]

/** Whether the number of synthetic images follows a measurement, which one, and what has to be done with them. */
export function followedSection(db: Db, plan: FollowedPlan): string {
  return `<h2>Why this many synthetic images <span lang="zh-CN">合成图像数量的依据</span></h2>
${factsOf(db, plan)
  .map(([en, zh]) => `<p class="facts">${escapeHtml(en)}\n<span lang="zh-CN">${escapeHtml(zh)}</span></p>`)
  .join('\n')}
`
}

function factsOf(db: Db, { followed, pretraining, classes }: FollowedPlan): readonly Fact[] {
  const result = lastUpliftVerdict(db)
  if (followed === null || result?.measuredAt !== followed.measuredAt)
    return [
      ...paintedFacts(pretraining),
      [
        'The number was chosen by a person or is that of the largest class; it does not follow a measurement.',
        '数量由人指定，或按最大类别的图像数确定，并非依据测量结果。',
      ],
    ]
  const { way, asMeasured, measuredAt, mode } = followed
  const day = measuredAt.slice(0, 10)
  const sum = (part: 'synthetic' | 'missing'): number => classes.reduce((total, each) => total + each[part], 0)
  const inChinese = verdictCaveats(result, 'zh')
  const facts: Fact[] = [
    [verdictSentence(result, 'en'), verdictSentence(result, 'zh')],
    ...verdictCaveats(result, 'en').map((english, index): Fact => [english, inChinese[index] ?? english]),
    [
      `Measured on ${day} on the locked test images of the project (${mode}).`,
      `${day} 在项目锁定的测试图像上测得（${mode === 'quick' ? '快速' : '完整'}测量）。`,
    ],
  ]
  if (way === null) return facts
  if (way.source !== null) {
    facts.push([
      `Accepted samples of ${way.source} at dose ${way.dose}: ${sum('synthetic')} pictures, ${asMeasured} of which it was measured with.`,
      `采用已接受的 ${way.source} 样本，用量 ${way.dose}：共 ${sum('synthetic')} 张，其中 ${asMeasured} 张就是测量时用的图像。`,
    ])
    if (sum('missing') > 0)
      facts.push([
        `It was measured with ${sum('missing')} more, which nobody has accepted: with fewer it may help less.`,
        `测量时多用了 ${sum('missing')} 张，尚无人接受：数量不足时效果可能较小。`,
      ])
    if (way.mix === 'first')
      facts.push([
        'Learn from the synthetic images in the first 60 % of the updates only, then from the real ones alone.',
        '合成图像仅用于前 60 % 的训练更新，之后只用真实图像。',
      ])
  }
  if (way.painted && pretraining === 0)
    facts.push([
      'Pretrain the classifier on painted defects first, as it was measured: the pretraining set can be exported, too.',
      '与测量时一样，分类器需先用绘制缺陷预训练：预训练集可一并导出。',
    ])
  return [...facts, ...paintedFacts(pretraining)]
}

const paintedFacts = (pictures: number): readonly Fact[] =>
  pictures === 0
    ? []
    : [
        [
          `pretraining/ holds ${pictures} pictures with painted defects to pretrain a classifier with; how is in its README.txt. They are no part of the classes.`,
          `pretraining/ 中有 ${pictures} 张绘制缺陷图像，用于预训练分类器，用法见其中的 README.txt。它们不属于任何类别。`,
        ],
      ]
