import type { ReportLanguage } from '../../../contract/report.ts'
import type { UpliftResult } from '../../../contract/uplift.ts'
import { signed, verdictArm } from '../../../contract/uplift-verdict.ts'

/** What has to be read with the verdict's sentence wherever it stands; mostly nothing. */
export function verdictCaveats(
  result: Pick<UpliftResult, 'arms' | 'verdict' | 'atPlateau'>,
  language: ReportLanguage,
): readonly string[] {
  const isZh = language === 'zh'
  const atSameUpdates = verdictArm(result)?.atSameUpdates
  const caveats: string[] = []
  if (atSameUpdates !== undefined) {
    const { delta, low, high } = atSameUpdates
    const interval = `${signed(delta)} [${signed(low)}, ${signed(high)}]`
    caveats.push(
      isZh
        ? `与更新次数相同的基准相比，差值为 ${interval} 个百分点；学习时间较短不能归咎于图像。`
        : `Against the reference that had as many updates the difference is ${interval} points: less time to learn is no fault of the images.`,
    )
  }
  if (!result.atPlateau)
    caveats.push(
      isZh
        ? '未能证明基准在这样的更新次数下已学到极限：此结果仅供参考。'
        : 'It was not shown that the reference had learned all it could with so many updates: take this as an indication only.',
    )
  return caveats
}
