import type { ReportLanguage } from '../../../contract/report.ts'
import { fewestForLimits } from '../../../contract/scores.ts'
import { changesInWords } from '../uplift/changes-in-words.ts'
import { points as imagePoints } from '../uplift/verdict-sentence.ts'
import type { ReportTexts } from './en-report.ts'
import { markup, section, type Html } from './markup.ts'
import type { ReportDocument } from './report-document.ts'

/** Test images of a class from which one image is less than two points: fewer are named. */
const fewTestImages = 50
const fewParts = 30

/** What these figures cannot say, in plain words. */
export function limitsSection(
  document: ReportDocument,
  { texts: { limits: texts }, language }: { readonly texts: ReportTexts; readonly language: ReportLanguage },
): Html {
  const { verdict, dataset, gate, runs } = document
  const { result } = verdict
  const seen = runs.filter(({ learnedFrom }) => learnedFrom === 'all').map(({ id }) => id)
  const searched = dataset.groups.search !== null
  const weaknesses: readonly (string | false | null)[] = [
    result === null && texts.notMeasured,
    result !== null && verdict.changed.length > 0 && texts.stale(changesInWords(verdict.changed, language)),
    ...(result?.classes ?? [])
      .filter(({ test }) => test > 0 && test < fewTestImages)
      .map(({ name, test }) => texts.smallTest(name, test, imagePoints(test))),
    result !== null && result.ways === undefined && result.arms.length > 1 && texts.severalWays(result.arms.length),
    result?.arms.some(({ curve }) => curve.length > 1) === true && texts.doses,
    searched ? null : texts.notCompared,
    ...(searched ? dataset.classes : [])
      .filter(({ leftOut, parts }) => !leftOut && parts.train > 0 && parts.train < fewParts)
      .map(({ name, parts }) => texts.fewParts(name, parts.train)),
    seen.length > 0 && texts.learnedAll(seen.join(', ')),
    gate.reference === null && gate.scored + gate.unscored > 0 && texts.noGate,
    ...(gate.reference === null ? [] : gate.classes)
      .filter(({ real }) => real < fewestForLimits)
      .map(({ className, real }) => texts.gateSmall(className, real)),
    result !== null && texts.oneProject,
    result !== null && texts.otherClassifier,
    texts.notRead,
  ]
  return section(
    texts.title,
    markup`<ul class="plain">${weaknesses
      .filter((weakness) => typeof weakness === 'string')
      .map(
        (weakness) => markup`<li>${weakness}</li>
`,
      )}</ul>
`,
  )
}
