import type { ReportTexts } from './en-report.ts'
import { count, minute, share } from './figures.ts'
import { markup, named, paragraph, section, table, type Html } from './markup.ts'
import type { ReportDocument } from './report-document.ts'

/** Which images learn, choose and judge, how they came to, and since when that is fixed. */
export function splitsSection(
  { dataset: { classes, split, groups } }: Pick<ReportDocument, 'dataset'>,
  { splits: texts, data: { class: classTitle } }: ReportTexts,
): Html {
  const { shares, seed, lockedAt, lockedByRun, given, undivided } = split
  return section(
    texts.title,
    table(
      [{ title: classTitle }, ...[texts.train, texts.val, texts.test].map((title) => ({ title, isNumber: true }))],
      classes.map(({ name, splits: { train, val, test } }) => [named(name), ...[train, val, test].map(count)]),
    ),
    paragraph(
      texts.drawn(share(shares.val), share(shares.test), seed),
      given === 0 ? null : texts.given(given),
      lockedAt === null
        ? texts.open
        : lockedByRun === null
          ? texts.locked(minute(lockedAt))
          : texts.lockedByRun(minute(lockedAt), lockedByRun),
      undivided === 0 ? null : texts.undivided(undivided),
    ),
    groups.crossing === 0
      ? null
      : markup`<p class="warning">${texts.crossing(groups.crossing, groups.crossingImages)}</p>`,
  )
}
