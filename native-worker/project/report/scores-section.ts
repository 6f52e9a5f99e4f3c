import { GateReason, type ClassGate, type GateLimit, type GateState, type LimitName } from '../../../contract/scores.ts'
import type { ReportTexts } from './en-report.ts'
import { count, minute, share } from './figures.ts'
import { markup, named, paragraph, section, table, type Html, type Piece } from './markup.ts'
import type { ReportDocument, ReportedRun } from './report-document.ts'

/** Figures about runs and candidates, each beside what real images give, and what the gate holds back. */
export function scoresSection({ gate, runs }: Pick<ReportDocument, 'gate' | 'runs'>, texts: ReportTexts): Html {
  const { scores } = texts
  const { reference } = gate
  if (gate.scored + gate.unscored === 0) return section(scores.title, paragraph(scores.noCandidates))
  return section(
    scores.title,
    reference === null
      ? paragraph(scores.notScored)
      : paragraph(
          scores.scored(gate.scored, gate.unscored),
          scores.reference(minute(reference.madeAt), reference.train, reference.val, reference.folds),
          reference.accuracy === null ? scores.oneClass : scores.accuracy(share(reference.accuracy)),
          reference.isCurrent ? null : scores.outdated,
        ),
    runs.length === 0 ? null : runsTable({ gate, runs }, texts),
    reference === null ? null : gatePart(gate, texts),
  )
}

function runsTable(
  { gate, runs }: Pick<ReportDocument, 'gate' | 'runs'>,
  { scores: texts, notMeasured }: ReportTexts,
): Html {
  const figure = (value: number | null): string => (value === null ? notMeasured : value.toFixed(2))
  const nameOf = (classId: number): string => gate.classes.find((each) => each.classId === classId)?.className ?? ''
  const rowsOf = (run: ReportedRun): readonly (readonly Piece[])[] => {
    const compared = gate.differences.filter(({ runId }) => runId === run.id)
    const classNames = [
      ...new Set([
        ...run.likeness.map(({ className }) => className),
        ...compared.map(({ classId }) => nameOf(classId)),
      ]),
    ]
    if (classNames.length === 0) return [[run.id, notMeasured, ...Array<string>(6).fill(notMeasured), '–']]
    return classNames.map((className) => {
      const difference = compared.find(({ classId }) => nameOf(classId) === className)
      const likeness = run.likeness.find((each) => each.className === className)
      return [
        run.id,
        className === null ? texts.allClasses : named(className),
        ...[difference?.auc ?? null, difference?.floor ?? null].map(figure),
        ...[likeness?.coverage, likeness?.coverageFloor, likeness?.distance, likeness?.floor].map((value) =>
          figure(value ?? null),
        ),
        difference === undefined
          ? likeness?.images === null || likeness === undefined
            ? '–'
            : `${count(likeness.images)} / –`
          : `${count(difference.real)} / ${count(difference.synthetic)}`,
      ]
    })
  }
  return markup`<h3>${texts.runs}</h3>${paragraph(texts.runsHelp)}
${table(
  [
    { title: texts.run, isNumber: true },
    { title: texts.class },
    ...[texts.auc, texts.realGive, texts.coverage, texts.realGive, texts.distance, texts.realGive, texts.n].map(
      (title) => ({
        title,
        isNumber: true,
      }),
    ),
  ],
  runs.flatMap(rowsOf),
)}`
}

function gatePart({ shares, classes }: GateState, { scores: texts }: ReportTexts): Html {
  const told = (value: number): string => (value === 0 ? texts.off : share(value))
  return markup`<h3>${texts.gate}</h3>${paragraph(texts.gateHelp(told(shares.copy), told(shares.tooFar), told(shares.disagreement)))}
${table(
  [
    { title: texts.class },
    ...[texts.open, texts.flagged, ...GateReason.options.map((reason) => texts[reason]), texts.released].map(
      (title) => ({
        title,
        isNumber: true,
      }),
    ),
    { title: texts.heldOut },
  ],
  classes.map(({ className, open, flagged, byReason, released, heldOut }) => [
    named(className),
    ...[open, flagged, ...GateReason.options.map((reason) => byReason[reason]), released].map(count),
    `${texts.heldOutOf(heldOut.flagged, heldOut.images, heldOut.images === 0 ? '–' : share(heldOut.flagged / heldOut.images))}${texts.sources[heldOut.source]}`,
  ]),
)}
<h3>${texts.limits}</h3>${paragraph(texts.limitsHelp)}
${table(
  [{ title: texts.class }, ...limitNames.map((name) => ({ title: texts.limitNames[name] }))],
  classes.map((each) => limitsRow(each, texts)),
)}`
}

const limitNames: readonly LimitName[] = [
  'copyImage',
  'copyDomain',
  'copyRandom',
  'farDomain',
  'farRandom',
  'agreement',
]

const limitsRow = ({ className, limits }: ClassGate, texts: ReportTexts['scores']): readonly Piece[] => [
  named(className),
  ...limitNames.map((name) => limitText(limits[name], texts)),
]

function limitText(limit: GateLimit, texts: ReportTexts['scores']): string {
  switch (limit.kind) {
    case 'limit':
      return texts.limitOf(limit.value.toFixed(2), limit.images, limit.from === 'class')
    case 'notMeaningful':
      return texts.notMeaningful(limit.images, limit.needed)
    case 'off':
      return texts.off
  }
}
