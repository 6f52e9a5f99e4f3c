import type { ReportLanguage } from '../../../contract/report.ts'
import { createHash } from 'node:crypto'
import { dataSection } from './data-section.ts'
import { decisionsSection } from './decisions-section.ts'
import { enReport, type ReportTexts } from './en-report.ts'
import { minute } from './figures.ts'
import { markup, Html, named, paragraph } from './markup.ts'
import { limitsSection } from './limits-section.ts'
import { measuredSection } from './measured-section.ts'
import { printStyle } from './print-style.ts'
import { recordSection } from './record-section.ts'
import type { ReportDocument } from './report-document.ts'
import { runsSection } from './runs-section.ts'
import { scoresSection } from './scores-section.ts'
import { splitsSection } from './splits-section.ts'
import { verdictSection } from './verdict-section.ts'
import { zhReport } from './zh-report.ts'

const textsIn: Readonly<Record<ReportLanguage, ReportTexts>> = { en: enReport, zh: zhReport }
const tags: Readonly<Record<ReportLanguage, string>> = { en: 'en', zh: 'zh-CN' }

/** The page may show its own pictures and this one style sheet, and nothing else: no script, no font, no address. */
const policy = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(printStyle).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** One page that needs nothing but itself, the verdict first. The same document gives the same page. */
export function renderReportHtml(document: ReportDocument, language: ReportLanguage): string {
  const texts = textsIn[language]
  const told = { texts, language }
  return markup`<!doctype html>
<html lang="${tags[language]}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${document.project.name} – ${texts.title}</title>
<style>${new Html(printStyle)}</style>
<h1>${named(document.project.name)}</h1>
${paragraph(texts.writtenAt(texts.title, { at: minute(document.writtenAt), version: document.version }))}
${verdictSection(document, told)}${dataSection(document, texts)}${splitsSection(document, texts)}${runsSection(document, told)}${measuredSection(document, told)}${scoresSection(document, texts)}${decisionsSection(document, texts)}${limitsSection(document, told)}${recordSection(document, texts)}
</html>
`.text
}
