import type { ImportReport, SkippedFile, SkipReason } from '../../contract/dataset.ts'
import type { ImportReading, LayoutRemark } from '../../contract/layouts.ts'
import { counted } from './counted.ts'
import { crossingSentence } from './crossing-groups.ts'
import { depthLines, manyPagesLines } from './import-notes.ts'
import { refusalWords, skipWords } from './reason-words.ts'
import { formatTable } from './table.ts'

const shownOfAReason = 5

/** What an import did, line by line. */
export function describeImport(report: ImportReport): readonly string[] {
  const { imported, duplicates, skipped, classes, splits, reading } = report
  return [
    `Imported ${counted(imported, 'image')}; ${counted(duplicates, 'duplicate')}, ${counted(skipped.length, 'file')} skipped in all`,
    ...(reading === undefined ? [] : readingLines(reading)),
    ...(report.namedOtherwise ?? []).map(
      ({ name, className, images: count }) =>
        `${name}: ${count} images went to ${className}, as the class that was called so is called now`,
    ),
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
  excluded_by_person: 'excluded by a person; `flawsmith images restore` brings it back',
  label_conflict: 'in none of these classes until `flawsmith conflicts settle` says which',
}
const markLines = ({ marks, images, refused }: NonNullable<ImportReport['marks']>): readonly string[] => [
  `${counted(marks, 'mark')} on ${counted(images, 'image')}, taken from the masks beside them`,
  ...refused
    .slice(0, shownOfAReason)
    .map(({ path, reason, detail }) => `  not taken: ${path}: ${refusalWords[reason]} (${detail})`),
  ...(refused.length > shownOfAReason ? [`  … and ${refused.length - shownOfAReason} more (--json lists all)`] : []),
]

/** Grouped by reason, the first of each by name. */
export function skippedLines({ skipped }: Pick<ImportReport, 'skipped'>): readonly string[] {
  const groups = new Map<SkipReason, SkippedFile[]>()
  for (const file of skipped) groups.set(file.reason, [...(groups.get(file.reason) ?? []), file])
  return [...groups].flatMap(([reason, files]) => [
    `  ${skipWords[reason]}: ${files.length}`,
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
  const hidden = ignored.map(({ path, reason, images }) => {
    const place = reason === 'outside_root' ? `all outside of ${root}` : path
    return images === null ? place : `${place} (${counted(images, 'image')})`
  })
  return [
    `Read as ${layout}: ${layoutTexts[layout]}${root === '' ? '' : `, from ${root}`}${isDeep ? `, classes at level ${level}` : ''}`,
    ...emptyClasses.map((name) => `${name}: 0 images`),
    ...(leftOut.length > 0 ? [`Left out as asked: ${leftOut.join(', ')}`] : []),
    ...(masks > 0
      ? [
          masks === 1
            ? '1 mask belongs to these images; it is no image itself'
            : `${masks} masks belong to these images; they are not images themselves`,
        ]
      : []),
    ...(hidden.length > 0 ? [`Not looked at: ${hidden.slice(0, 8).join(', ')}${hidden.length > 8 ? ', …' : ''}`] : []),
    ...remarks.map(remarkLine),
    ...(otherSplit > 0
      ? [
          `${counted(otherSplit, 'file is', 'files are')} in the project already, with another split than the folder gives: that stays`,
        ]
      : []),
    ...(cutDown === null
      ? []
      : [
          `Warning: ${counted(cutDown.images, 'image loses', 'images lose')} more than half of their longer side, up to ${Math.round(cutDown.share * 100)} % (${cutDown.example}); --fit letterbox keeps all`,
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
      return `${counted(remark.images, 'image lies', 'images lie')} in no split folder; a split is drawn for ${remark.images === 1 ? 'it' : 'them'}`
    case 'annotations':
      return `${counted(remark.files, `${remark.format.toUpperCase()} annotation file lies`, `${remark.format.toUpperCase()} annotation files lie`)} beside the images; “marks import” reads ${remark.files === 1 ? 'it' : 'them'}`
    case 'table':
      return `${remark.path} is not read: classes come from folders`
    case 'synthetic':
      return `${counted(remark.images, 'synthetic image')} left out, as ${remark.by === 'manifest' ? 'the manifest says' : 'their names say'}`
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
    case 'unicode_twins':
      return `Several folders are called ${remark.names.join(', ')}, written in different Unicode forms: each such name is one class`
    case 'masks_without_image':
      return `${counted(remark.masks, 'mask belongs', 'masks belong')} to no image`
    case 'gone':
      return `${counted(remark.files, 'file that the manifest names is', 'files that the manifest names are')} gone`
  }
}
