import type { ReportLanguage } from '../../../contract/report.ts'
import { verdictArm } from '../../../contract/uplift-verdict.ts'
import { changesInWords } from '../uplift/changes-in-words.ts'
import { verdictCaveats } from '../uplift/verdict-caveats.ts'
import { armTitle, verdictSentence } from '../uplift/verdict-sentence.ts'
import type { ReportTexts } from './en-report.ts'
import { markup, paragraph, type Html } from './markup.ts'
import type { ReportDocument } from './report-document.ts'

interface Told {
  readonly texts: ReportTexts
  readonly language: ReportLanguage
}

/** The one sentence that somebody who decides needs, or that nothing was measured, and what to do. */
export function verdictSection(
  { verdict: { result, changed, isPossible } }: Pick<ReportDocument, 'verdict'>,
  { texts: { verdict: texts }, language }: Told,
): Html {
  if (result === null)
    return markup`<section class="verdict"><h2>${texts.title}</h2>
<p class="sentence">${texts.heading}</p>
${paragraph(texts.howTo, isPossible ? null : texts.impossible)}</section>
`
  const isStale = changed.length > 0
  const { overall, recommended, nearCeiling, unjudged } = result.verdict
  const arm = verdictArm(result)
  const recommendation =
    isStale || overall === 'notMeasured'
      ? null
      : recommended === null || arm === null
        ? texts.recommendedNone
        : texts.recommended(armTitle(arm, language), doseOf(recommended, language))
  return markup`<section class="verdict ${overall}"><h2>${texts.title}</h2>
<p class="sentence">${verdictSentence(result, language)}</p>
${paragraph(recommendation)}${isStale ? markup`<p class="warning">${texts.stale(changesInWords(changed, language))}</p>` : null}
${paragraph(
  nearCeiling ? texts.nearCeiling : null,
  ...verdictCaveats(result, language),
  result.mode === 'quick' ? texts.quick : null,
  unjudged.length === 0
    ? null
    : texts.unjudged(unjudged.map((name) => `“${name}”`).join(language === 'zh' ? '、' : ', ')),
)}${overall === 'notMeasured' ? paragraph(texts.howTo) : null}</section>
`
}

const doseOf = (
  { source, dose }: { readonly source: string | null; readonly dose: number },
  language: ReportLanguage,
): string => (source === null ? '' : language === 'zh' ? `，用量 ${dose}` : `, dose ${dose}`)
