import type { ReportTexts } from './en-report.ts'
import { count, minute } from './figures.ts'
import { markup, named, paragraph, section, table, type Html, type Piece } from './markup.ts'
import type { AcceptedStrip, ReportDocument } from './report-document.ts'

/** Who decided what and when, and some of what was accepted beside the real images it is most like. */
export function decisionsSection(
  { decisions, overrides, strips }: Pick<ReportDocument, 'decisions' | 'overrides' | 'strips'>,
  texts: ReportTexts,
): Html {
  const { decisions: told, data } = texts
  if (decisions.length === 0) return section(told.title, paragraph(told.none))
  const sumOf = (wanted: 'accepted' | 'rejected'): number =>
    decisions.reduce((sum, { state, count: samples }) => sum + (state === wanted ? samples : 0), 0)
  return section(
    told.title,
    paragraph(told.total(sumOf('accepted'), sumOf('rejected'))),
    table(
      [
        ...[data.class, told.by, told.decision, told.reason].map((title) => ({ title })),
        { title: told.samples, isNumber: true },
        ...[told.first, told.last].map((title) => ({ title })),
      ],
      decisions.map(({ className, inspector, state, reason, count: samples, firstAt, lastAt }) => [
        named(className),
        named(inspector),
        told[state],
        reason === null ? '–' : reasonText(reason, texts),
        count(samples),
        minute(firstAt),
        minute(lastAt),
      ]),
    ),
    overrides.map(({ kind, by, count: candidates }) => paragraph(told.overrides[kind](by, candidates))),
    strips.length === 0
      ? null
      : markup`<h3>${told.strip}</h3>${paragraph(told.stripHelp)}${strips.map((strip) => stripOf(strip, told))}`,
  )
}

const reasonText = (reason: string, { reasons }: ReportTexts): string =>
  Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons] : reason

const stripOf = ({ className, accepted, pairs }: AcceptedStrip, texts: ReportTexts['decisions']): Html =>
  markup`<div class="strip"><h4>${named(className)}</h4>${paragraph(texts.shown(pairs.length, accepted))}
<ul>${pairs.map(
    ({
      runId,
      sample,
      nearest,
    }) => markup`<li><span class="shots">${picture(sample, { label: texts.run(runId), texts })}${
      nearest === null
        ? markup`<span class="missing">${texts.noNearest}</span>`
        : picture(nearest.picture, { label: texts.real(nearest.imageId), texts })
    }</span>
<small>${texts.run(runId)}${nearest === null ? '' : ` · ${texts.real(nearest.imageId)}`}${
      nearest === null || nearest.distance === null ? '' : ` · ${texts.distance(nearest.distance.toFixed(2))}`
    }</small></li>
`,
  )}</ul></div>
`

const picture = (
  base64: string | null,
  { label, texts }: { readonly label: string; readonly texts: ReportTexts['decisions'] },
): Piece =>
  base64 === null
    ? markup`<span class="missing">${texts.noPicture}</span>`
    : markup`<img src="data:image/png;base64,${base64}" alt="${label}">`
