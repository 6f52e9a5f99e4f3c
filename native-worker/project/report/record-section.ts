import type { ReportTexts } from './en-report.ts'
import { count, minute } from './figures.ts'
import { markup, paragraph, section, type Html, type Piece } from './markup.ts'
import type { ReportDocument } from './report-document.ts'

/** What everything was made with, and the end of the record: enough to hold the project against this paper later. */
export function recordSection(
  { record, version, runs, verdict }: ReportDocument,
  { record: texts, unknown }: ReportTexts,
): Html {
  const rows: readonly (readonly [string, Piece])[] = [
    [texts.entries, count(record.length)],
    [texts.last, record.recordedAt === null ? unknown : minute(record.recordedAt)],
    [texts.hash, markup`<span class="hash">${record.hash}</span>`],
    [texts.flawsmith, version],
    ...(verdict.result === null ? [] : ([[texts.versionsOfVerdict, verdict.result.engine]] as const)),
    ...runs.map(({ id, versions }) => [texts.versionsOf(id), versionsText(versions) || unknown] as const),
  ]
  return section(
    texts.title,
    paragraph(texts.explain),
    markup`<p class="hash">${texts.command(record.length, record.hash)}</p>
`,
    paragraph(texts.cannot),
    markup`<table class="facts"><tbody>${rows.map(
      ([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
    )}</tbody></table>
`,
  )
}

const versionsText = (versions: Readonly<Record<string, string>>): string =>
  Object.entries(versions)
    .map(([name, value]) => `${name} ${value.slice(0, 24)}`)
    .join(', ')
