import { keptStep } from '../../../contract/kept-step.ts'
import type { ReportLanguage } from '../../../contract/report.ts'
import { visibleText } from '../../../contract/visible-text.ts'
import type { ReportTexts } from './en-report.ts'
import { count, minute } from './figures.ts'
import { named, paragraph, section, table, type Html } from './markup.ts'
import type { ReportDocument, ReportedRun } from './report-document.ts'

/** Every run: by which recipe, from what, how long, and what it started from. */
export function runsSection(
  { runs }: Pick<ReportDocument, 'runs'>,
  { texts: { runs: texts }, language }: { readonly texts: ReportTexts; readonly language: ReportLanguage },
): Html {
  if (runs.length === 0) return section(texts.title, paragraph(texts.none))
  return section(
    texts.title,
    table(
      [
        { title: texts.run, isNumber: true },
        ...[texts.recipe, texts.classes].map((title) => ({ title })),
        { title: texts.size, isNumber: true },
        { title: texts.engine },
        ...[texts.seed, texts.steps, texts.minutes].map((title) => ({ title, isNumber: true })),
        ...[texts.state, texts.begun].map((title) => ({ title })),
      ],
      runs.map((run) => [
        run.id,
        run.title[language],
        run.classNames.map((name, index) => [index === 0 ? '' : ', ', named(name)]),
        ...[run.size, run.engine, run.seed],
        ...(run.trains ? [stepsOf(run, texts), (run.seconds / 60).toFixed(1)] : ['–', '–']),
        texts.states[run.status],
        minute(run.createdAt),
      ]),
    ),
    table(
      [
        { title: texts.run, isNumber: true },
        { title: texts.learned },
        { title: texts.base },
        { title: texts.settings },
      ],
      runs.map((run) => [run.id, learnedFrom(run, texts), startOf(run, texts), settingsOf(run)]),
    ),
  )
}

/** “298 (275 kept)”. */
function stepsOf(run: ReportedRun, texts: ReportTexts['runs']): string {
  const kept = keptStep(run)
  return kept === null ? count(run.step) : texts.kept(run.step, kept)
}

function learnedFrom(
  { learnedFrom: side, datasetSize, excludedSince, trains }: ReportedRun,
  texts: ReportTexts['runs'],
): string {
  const told = { all: texts.learnedAll, train: trains ? texts.learnedTrain : texts.composedTrain }[side](datasetSize)
  return excludedSince === 0 ? told : `${told}; ${texts.excludedSince(excludedSince)}`
}

function startOf({ base, trains }: ReportedRun, texts: ReportTexts['runs']): string {
  if (!trains) return texts.doesNotTrain
  if (base === null) return texts.randomWeights
  const hash = base.sha256.slice(0, 16)
  if (base.origin === null) return texts.shippedBase(hash)
  return texts.baseOfRun({ ...base.origin, project: visibleText(base.origin.project) }, hash)
}

const settingsOf = ({ parameters }: ReportedRun): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ') || '–'
