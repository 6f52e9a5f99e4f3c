import type { ImportReport, SkippedFile, SkipReason } from '../../contract/dataset.ts'
import type { ImportReading, LayoutRemark } from '../../contract/layouts.ts'
import { crossingSentence } from './crossing-groups.ts'
import { depthLines, manyPagesLines } from './import-notes.ts'
import { formatTable } from './table.ts'

const shownOfAReason = 5

/** What an import did, line by line. */
export function describeImport(report: ImportReport): readonly string[] {
  const { imported, duplicates, skipped, classes, splits, reading } = report
  return [
    `Imported ${imported} images; ${duplicates} duplicates, ${skipped.length} files skipped in all`,
    ...(reading === undefined ? [] : readingLines(reading)),
    ...depthLines(report),
    ...manyPagesLines(report),
    ...skippedLines(report),
    ...(report.marks === undefined ? [] : markLines(report.marks)),
    ...formatTable(Object.entries(classes).map(([name, count]) => [name, String(count)])),
    ...(splits === undefined
      ? []
      : [`Train ${splits.train}, validation ${splits.val}, test ${splits.test}; see \`flawsmith splits show\``]),
    ...crossingSentence(report.crossing ?? { groups: 0, images: 0 }),
  ]
}

const hints: Partial<Readonly<Record<SkipReason, string>>> = {
  duplicate_in_other_class:
    'still of the class they were; `flawsmith conflicts list` names them, `flawsmith conflicts settle` moves them',
  label_conflict: 'in neither class until `flawsmith conflicts settle` says which',
}
const markLines = ({ marks, images, refused }: NonNullable<ImportReport['marks']>): readonly string[] => [
  `${marks} marks on ${images} images, taken from the masks beside them`,
  ...refused.slice(0, shownOfAReason).map(({ path, reason, detail }) => `  not taken: ${path}: ${reason} (${detail})`),
  ...(refused.length > shownOfAReason ? [`  … and ${refused.length - shownOfAReason} more (--json lists all)`] : []),
]

/** Grouped by reason, the first of each by name. */
export function skippedLines({ skipped }: Pick<ImportReport, 'skipped'>): readonly string[] {
  const groups = new Map<SkipReason, SkippedFile[]>()
  for (const file of skipped) groups.set(file.reason, [...(groups.get(file.reason) ?? []), file])
  return [...groups].flatMap(([reason, files]) => [
    `  ${reason}: ${files.length}`,
    ...files.slice(0, shownOfAReason).map(({ path, detail }) => `    ${path}${detail === '' ? '' : ` (${detail})`}`),
    ...(hints[reason] === undefined ? [] : [`    ${hints[reason]}`]),
    ...(files.length > shownOfAReason ? [`    … and ${files.length - shownOfAReason} more (--json lists all)`] : []),
  ])
}

const layoutTexts: Readonly<Record<ImportReading['layout'], string>> = {
  classes: 'one folder a class',
  splits: 'train, validation and test folders with class folders',
  mvtec: 'MVTec AD',
  flat: 'all images of one class',
  export: 'an export of Flawsmith',
}

function readingLines({
  layout,
  root,
  level,
  emptyClasses,
  leftOut,
  masks,
  ignored,
  remarks,
  otherSplit,
  cutDown,
}: ImportReading): readonly string[] {
  const isDeep = (layout === 'classes' && level > 1) || (layout === 'splits' && level !== 2)
  const hidden = ignored.map(({ path, images }) => (images === null ? path : `${path} (${images} images)`))
  return [
    `Read as ${layout}: ${layoutTexts[layout]}${root === '' ? '' : `, from ${root}`}${isDeep ? `, classes at level ${level}` : ''}`,
    ...emptyClasses.map((name) => `${name}: 0 images`),
    ...(leftOut.length > 0 ? [`Left out as asked: ${leftOut.join(', ')}`] : []),
    ...(masks > 0 ? [`${masks} masks belong to these images; they are not images themselves`] : []),
    ...(hidden.length > 0 ? [`Not looked at: ${hidden.slice(0, 8).join(', ')}${hidden.length > 8 ? ', …' : ''}`] : []),
    ...remarks.map(remarkLine),
    ...(otherSplit > 0
      ? [`${otherSplit} files are in the project already, with another split than the folder gives them: that stays`]
      : []),
    ...(cutDown === null
      ? []
      : [
          `Warning: ${cutDown.images} images lose more than half of their longer side, up to ${Math.round(cutDown.share * 100)} % (${cutDown.example}); --fit letterbox keeps all`,
        ]),
  ]
}

function remarkLine(remark: LayoutRemark): string {
  switch (remark.kind) {
    case 'drawn_anew':
      return `All images of ${remark.classes.join(', ')} were given to the test; to have some to learn from, their splits are drawn anew`
    case 'nothing_to_learn_from':
      return `No image of ${remark.classes.join(', ')} is given to train; --draw-splits would divide them`
    case 'without_split':
      return `${remark.images} images lie in no split folder; theirs is drawn`
    case 'annotations':
      return `${remark.files} ${remark.format.toUpperCase()} annotation files lie beside the images; an import of images does not read them`
    case 'table':
      return `${remark.path} is not read: classes come from folders`
    case 'synthetic':
      return `${remark.images} synthetic images left out, as ${remark.by === 'manifest' ? 'the manifest says' : 'their names say'}`
    case 'wrapper':
      return `${remark.name} holds everything: it could be the data set or a class`
    case 'class_or_batch':
      return `${remark.names.join(', ')} lie below ${remark.above.join(', ')}: either could be the classes`
    case 'split_or_class':
      return `${remark.names.join(', ')} are named like no split and lie beside some`
    case 'several_sets':
      return `Several data sets: ${remark.roots.join(', ')}`
    case 'case_twins':
      return `${remark.names.join(', ')} differ in case only and are different classes`
    case 'masks_without_image':
      return `${remark.masks} masks belong to no image`
    case 'gone':
      return `${remark.files} files that the manifest names are gone`
  }
}
