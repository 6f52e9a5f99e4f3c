import type { ReportTexts } from './en-report.ts'
import { count, day, minute } from './figures.ts'
import { named, paragraph, section, table, type Html } from './markup.ts'
import type { SourceSizes } from '../storage/source-sizes.ts'
import type { ReportDocument } from './report-document.ts'

/** What there is to learn from: classes, how many different parts, sizes, and where it came from. */
export function dataSection(
  { project, dataset, sources, imports }: Pick<ReportDocument, 'project' | 'dataset' | 'sources' | 'imports'>,
  { data: texts, notMeasured }: ReportTexts,
): Html {
  const { search, unsearched } = dataset.groups
  return section(
    texts.title,
    paragraph(
      texts.facts(project.size, project.channels === 1),
      dataset.imbalanceRatio === null ? null : texts.imbalance(dataset.imbalanceRatio),
    ),
    table(
      [
        { title: texts.class },
        ...[texts.images, texts.parts, texts.trainParts, texts.excluded].map((title) => ({ title, isNumber: true })),
        { title: texts.sizes },
        { title: texts.notes },
      ],
      dataset.classes.map(({ id, name, images, parts, excluded, freeOfDefects, leftOut }) => [
        named(name),
        count(images),
        ...[parts.all, parts.train].map((value) => (search === null ? notMeasured : count(value))),
        count(excluded),
        sizesOf(sources.find(({ classId }) => classId === id)),
        [freeOfDefects ? texts.freeOfDefects : null, leftOut ? texts.leftOut : null]
          .filter((note) => note !== null)
          .join('; '),
      ]),
    ),
    search === null
      ? paragraph(texts.notCompared)
      : paragraph(
          texts.compared(day(search.searchedAt), search.threshold),
          unsearched === 0 ? null : texts.unsearched(unsearched),
        ),
    imports.length === 0
      ? paragraph(texts.noImports)
      : table(
          [
            { title: texts.imported },
            { title: texts.folder },
            { title: texts.inUse, isNumber: true },
            { title: texts.excluded, isNumber: true },
            { title: texts.state },
          ],
          imports.map(({ folder, startedAt, active, excluded, state }) => [
            minute(startedAt),
            named(folder),
            count(active),
            count(excluded),
            texts.states[state],
          ]),
        ),
  )
}

function sizesOf(sizes: SourceSizes | undefined): string {
  if (sizes === undefined) return '–'
  const { minWidth, maxWidth, minHeight, maxHeight } = sizes
  const smallest = `${minWidth} × ${minHeight}`
  return minWidth === maxWidth && minHeight === maxHeight ? smallest : `${smallest} – ${maxWidth} × ${maxHeight}`
}
