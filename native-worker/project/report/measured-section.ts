import type { ReportLanguage } from '../../../contract/report.ts'
import type { UpliftArm, UpliftResult } from '../../../contract/uplift.ts'
import { armOfName, signed, toldFinding, verdictArm } from '../../../contract/uplift-verdict.ts'
import { armTitle, points as imagePoints } from '../uplift/verdict-sentence.ts'
import { confusionTable } from './confusion-table.ts'
import { doseChart } from './dose-chart.ts'
import type { ReportTexts } from './en-report.ts'
import { count, minute, points } from './figures.ts'
import { markup, named, paragraph, section, table, type Html, type Piece } from './markup.ts'
import { intervalLane, reachOf } from './interval-lane.ts'
import type { ReportDocument } from './report-document.ts'

interface Told {
  readonly texts: ReportTexts
  readonly language: ReportLanguage
}

/** Every figure behind the verdict: ways, doses, classes, confusions, protocol. */
export function measuredSection({ verdict: { result, absent } }: Pick<ReportDocument, 'verdict'>, told: Told): Html {
  const { measured: texts } = told.texts
  if (result === null) return section(texts.title, paragraph(told.texts.verdict.heading), absentTable(absent, told))
  const foremost = result.arms.find(({ arm }) => arm === result.foremost)
  return section(
    texts.title,
    paragraph(texts.referenceIs, texts.tested(result.nTest, result.nTestGroups)),
    waysTable(result, told),
    paragraph(
      texts.ofSeeds(points(result.reference.deviation), result.seeds.length),
      result.arms.some(({ source }) => source !== null) ? texts.selection : null,
      (result.ways ?? 1) > 1 ? texts.severalWays(result.ways ?? 1) : null,
      (result.ways ?? 1) > 1 && foremost !== undefined ? texts.foremost(armTitle(foremost, told.language)) : null,
    ),
    result.arms.length === 0 ? paragraph(texts.nothingElse) : null,
    absentTable(result.absent, told),
    dosesPart(result, told),
    classesPart(result, told),
    confusionsPart(result, told),
    markup`<h3>${texts.protocol}</h3>`,
    protocolTable(result, told.texts),
  )
}

const intervalOf = ({ low, high }: { readonly low: number; readonly high: number }): Html =>
  markup`<span class="whole">${signed(low)} … ${signed(high)}</span>`

const percent = (value: number | null, otherwise: string): string => (value === null ? otherwise : `${points(value)} %`)

function waysTable(
  { reference, arms }: UpliftResult,
  { texts: { measured: texts, findings, none, notMeasured }, language }: Told,
): Html {
  const reach = reachOf(arms)
  const row = (arm: UpliftArm): readonly Piece[] => [
    armTitle(arm, language),
    arm.source === null ? '–' : `${arm.dose}, ${texts.mixes[arm.mix]}`,
    count(arm.synthetic.reduce((sum, each) => sum + each, 0)),
    points(arm.macroF1),
    signed(arm.delta),
    intervalOf(arm),
    intervalLane(arm, reach),
    findings[toldFinding(arm)],
    arm.finding === 'notMeasured'
      ? notMeasured
      : arm.losers.length === 0
        ? none
        : arm.losers.map((name, index) => [index === 0 ? '' : ', ', named(name)]),
    percent(arm.falseAlarms, notMeasured),
  ]
  return table(
    [
      { title: texts.way },
      { title: texts.dose },
      ...[texts.used, texts.macroF1, texts.difference].map((title) => ({ title, isNumber: true })),
      ...[texts.interval, texts.lane, texts.finding, texts.losers].map((title) => ({ title })),
      { title: texts.falseAlarms, isNumber: true },
    ],
    [
      [
        markup`<strong>${texts.reference}</strong>`,
        '0',
        '0',
        points(reference.macroF1),
        '–',
        '–',
        '',
        '',
        '',
        percent(reference.falseAlarms, notMeasured),
      ],
      ...arms.map(row),
    ],
  )
}

const absentTable = (absent: UpliftResult['absent'], { texts: { measured: texts, absences }, language }: Told): Html =>
  table(
    [{ title: texts.notMeasuredWays }, { title: texts.why }],
    absent.map(({ arm, why }) => [arm === 'samples' ? texts.anySamples : armNamed(arm, language), absences[why]]),
  )

/** Of an arm of which only the name is known. */
function armNamed(name: string, language: ReportLanguage): string {
  const arm = armOfName(name)
  return arm === null ? name : armTitle(arm, language)
}

function dosesPart({ arms, classes }: UpliftResult, { texts: { measured: texts }, language }: Told): Html {
  const withCurve = arms.filter(({ curve }) => curve.length > 1)
  if (withCurve.length === 0) return markup`<h3>${texts.doses}</h3>${paragraph(texts.noDoses)}`
  // One scale for all, so that charts can be compared.
  const reach = reachOf(withCurve.flatMap(({ curve }) => curve))
  const chosenBy = classes.reduce((sum, { validation }) => sum + validation, 0)
  return markup`<h3>${texts.doses}</h3>${paragraph(texts.dosesHelp(chosenBy))}
<div class="charts">${withCurve.map((arm) => doseChart(arm.curve, { title: armTitle(arm, language), texts, reach }))}</div>
${table(
  [
    { title: texts.way },
    { title: texts.dose, isNumber: true },
    { title: '' },
    { title: texts.difference, isNumber: true },
    { title: texts.interval },
  ],
  withCurve.flatMap((arm) =>
    arm.curve.map((point) => [
      armTitle(arm, language),
      point.dose,
      texts.mixes[point.mix],
      signed(point.delta),
      intervalOf(point),
    ]),
  ),
)}`
}

function classesPart(
  result: UpliftResult,
  { texts: { measured: texts, findings, notMeasured, data }, language }: Told,
): Html {
  const arm = verdictArm(result)
  return markup`<h3>${texts.classes}</h3>${arm === null ? null : paragraph(texts.classesOf(armTitle(arm, language)))}
${table(
  [
    { title: data.class },
    ...[texts.train, texts.validation, texts.test].map((title) => ({ title, isNumber: true })),
    { title: texts.oneImage },
    ...[texts.recall, texts.recallWith, texts.difference].map((title) => ({ title, isNumber: true })),
    { title: texts.interval },
    { title: texts.finding },
  ],
  result.classes.map(({ classId, name, train, validation, test }, label) => {
    const change = result.verdict.perClass.find((each) => each.classId === classId)
    const recall = change?.referenceRecall ?? result.reference.recalls[label] ?? null
    const told = [named(name), ...[train, validation, test].map(count)]
    if (test === 0) return [...told, texts.noTest, ...Array<string>(4).fill(notMeasured), findings.notMeasured]
    const weight = texts.pointsOf(imagePoints(test))
    if (change === undefined || change.delta === null || change.low === null || change.high === null)
      return [
        ...told,
        weight,
        recall === null ? notMeasured : points(recall),
        ...Array<string>(3).fill(notMeasured),
        findings.notMeasured,
      ]
    return [
      ...told,
      weight,
      ...[recall, change.recall].map((value) => (value === null ? notMeasured : points(value))),
      signed(change.delta),
      intervalOf({ low: change.low, high: change.high }),
      findings[toldFinding(change)],
    ]
  }),
)}`
}

function confusionsPart(result: UpliftResult, { texts: { measured: texts, notMeasured }, language }: Told): Html {
  const arm = verdictArm(result)
  const names = result.classes.map(({ name }) => name)
  const good = result.classes.filter(({ isFreeOfDefects }) => isFreeOfDefects).reduce((sum, { test }) => sum + test, 0)
  return markup`<h3>${texts.confusions}</h3>${paragraph(
    texts.confusionsHelp(result.seeds.length),
    result.reference.falseAlarms === null
      ? texts.noGoodClass
      : texts.falseAlarmsOf(
          percent(result.reference.falseAlarms, notMeasured),
          percent(arm?.falseAlarms ?? null, notMeasured),
          good,
        ),
  )}
<div class="${names.length > 5 ? 'stack' : 'pair'}">${confusionTable(result.reference.confusion, { caption: texts.reference, names, corner: texts.is })}${
    arm === null ? null : confusionTable(arm.confusion, { caption: armTitle(arm, language), names, corner: texts.is })
  }</div>
`
}

function protocolTable(result: UpliftResult, { measured: texts }: ReportTexts): Html {
  const { mode, measuredAt, seconds, seeds, updates, atPlateau, reference, edge, engine, inputs } = result
  const rows: readonly (readonly [string, Piece])[] = [
    [texts.mode, texts.modes[mode]],
    [texts.measuredAt, texts.measuredIn(minute(measuredAt), (seconds / 60).toFixed(1))],
    [texts.seeds, texts.seedList(seeds.length, seeds.join(', '))],
    [texts.updates, texts.twice(updates, points(reference.macroF1AtOnce), points(reference.macroF1Longer))],
    [texts.plateau, atPlateau ? texts.plateauReached : texts.plateauNotReached],
    [texts.classifier, texts.classifierIs(edge, engine)],
    [texts.augmentation, texts.augmentationIs],
    [texts.intervals, texts.intervalsAre],
    [texts.rule, texts.ruleIs],
    [texts.inputs, markup`<span class="hash">${inputs}</span>`],
  ]
  return markup`<table class="facts"><tbody>${rows.map(
    ([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
  )}</tbody></table>
`
}
