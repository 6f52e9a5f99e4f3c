import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import { toPicture } from '../../../contract/fitted-picture.ts'
import { donorsNeeded, MarkExportFormat, MarkFormat } from '../../../contract/marks.ts'
import type { MarksOverview } from '../../../contract/marks.ts'
import { FlawsmithError, maxDetailRows } from '../../../contract/errors.ts'
import { counted } from '../counted.ts'
import { findClass } from '../find-class.ts'
import { folderName } from '../parse-options.ts'
import { refusalWords } from '../reason-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

const refusedShown = 20

interface ImportOptions {
  readonly format: MarkFormat | 'auto'
  readonly by: string
  readonly replace: boolean
}

interface FreeOptions {
  readonly none: boolean
  readonly despiteMarks: boolean
  readonly by: string
}

/** `marks show|import|export|free|undo`: where the defects of the images lie. */
export function addMarksCommand(program: Command, terminal: Terminal): void {
  const marks = program.command('marks').description('where the defects lie: boxes and masks of images')

  marks
    .command('show <project>')
    .description('marked images of each class; with --json every mark, in pixels of its source and of its picture')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const overview = await client.request('marks.overview', {})
        const images = (await client.request('marks.list', {})).map(({ fitted, id, className, ...image }) => ({
          id,
          class: className,
          path: image.sourcePath,
          width: image.sourceWidth,
          height: image.sourceHeight,
          answer: image.answer,
          marks: image.marks.map(({ shape, origin }) => ({ ...shape, origin, inPicture: toPicture(shape, fitted) })),
        }))
        terminal.result({ classes: overview.classes, images }, overviewLines(overview))
      }),
    )
  marks
    .command('import <project> <folder-or-file>')
    .description('take over marks of COCO, YOLO, Pascal VOC or MVTec, or masks in PNG files')
    .addOption(
      new Option('--format <format>', 'what is there').choices(['auto', ...MarkFormat.options]).default('auto'),
    )
    .option('--by <name>', 'who imports them', 'command line')
    .option('--replace', 'also for images that were marked before', false)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, place: string, options: ImportOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const report = await client.perform('marks.import', {
          folder: resolve(place),
          format: options.format,
          by: options.by,
          replace: options.replace,
        })
        const { refused, ofImageClass } = report
        const lines = [
          `${counted(report.marks, 'mark')} on ${counted(report.images, 'image')} from ${report.format}; ${counted(report.unchanged, 'image')} had them already, ${counted(report.withoutMarks, 'is', 'are')} named without a mark`,
          ...ofImageClass.map(({ category, marks: count }) =>
            category === null
              ? `${counted(count, 'mark')} without a class in the file, taken as the class of the image`
              : `${counted(count, 'mark')} named only “${category}”, taken as the class of the image`,
          ),
          ...(refused.length === 0 ? [] : [`Not taken: ${refused.length}`]),
          ...refused
            .slice(0, refusedShown)
            .map(({ path, reason, detail }) => `  ${path}: ${refusalWords[reason]} (${detail})`),
          ...(refused.length > refusedShown
            ? [`  … and ${refused.length - refusedShown} more (--json lists all)`]
            : []),
        ]
        if (report.images + report.unchanged === 0) {
          for (const line of lines) terminal.log(line)
          throw new FlawsmithError(
            'no_marks_taken',
            `${report.folder} gave no mark: ${refused.length === 0 ? 'none is written there' : `${refused.length} did not fit, the first of ${refused[0]?.path ?? ''}`}. Correct what is named and import again.`,
            {
              ...{ folder: report.folder, refused: refused.length, withoutMarks: report.withoutMarks },
              // For programs.
              found: refused.slice(0, maxDetailRows).map((each) => ({ ...each })),
            },
          )
        }
        terminal.result(report, lines)
      }),
    )
  marks
    .command('export <project>')
    .description('write the marks for other programs, in pixels of the source images')
    .addOption(new Option('--format <format>', 'how').choices(MarkExportFormat.options).makeOptionMandatory())
    .requiredOption('--out <folder>', 'the new folder', folderName)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { format, out }: { readonly format: MarkExportFormat; readonly out: string }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const report = await client.perform('marks.export', { folder: resolve(out), format })
        terminal.result(report, [
          `Wrote ${counted(report.marks, 'mark')} of ${counted(report.images, 'image')} to ${report.out}`,
          ...(report.masksAsBoxes === 0
            ? []
            : [
                `${counted(report.masksAsBoxes, 'mask is', 'masks are')} there as the rectangle around ${report.masksAsBoxes === 1 ? 'it' : 'them'}: ${format} knows no masks.`,
              ]),
        ])
      }),
    )
  marks
    .command('free <project> [class]')
    .description(
      'declare the class without defects: proposals compare with it. Without a class: say which it is, or seems to be',
    )
    .option('--none', 'no class is free of defects', false)
    .option('--despite-marks', 'also where defects are marked on images of the class', false)
    .option('--by <name>', 'who says so', 'command line')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, name: string | undefined, { none, despiteMarks, by }: FreeOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        if (name !== undefined || none)
          await client.request('marks.declareFree', {
            classId: name === undefined || none ? null : (await findClass(client, name)).id,
            ...{ by, despiteMarks },
          })
        const { freeOfDefects, suggestedFree } = await client.request('marks.overview', {})
        const { classes } = await client.request('dataset.summary', {})
        const nameOf = (id: number | null): string | null => classes.find((each) => each.id === id)?.name ?? null
        const [declared, suggested] = [nameOf(freeOfDefects), nameOf(suggestedFree)]
        terminal.result({ freeOfDefects: declared, suggested }, [
          declared === null
            ? `No class is declared free of defects${suggested === null ? '' : `; “${suggested}” sounds like it`}`
            : `“${declared}” is free of defects`,
        ])
      }),
    )
  marks
    .command('undo <project>')
    .description('take back the last import of marks; nothing is erased')
    .option('--by <name>', 'who imported them', 'command line')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { by }: { readonly by: string }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const images = await client.request('marks.undo', { by, source: 'import' })
        terminal.result({ images: images.length }, [`Took back the marks of ${counted(images.length, 'image')}`])
      }),
    )
}

const overviewLines = ({ classes }: MarksOverview): readonly string[] => [
  ...formatTable([
    ['class', 'images', 'marked', 'none visible', 'donors (train)'],
    ...classes.map(({ name, images, marked, none, donors }) => [
      ...[name, String(images), String(marked), String(none)],
      donors < donorsNeeded.least ? `${donors} of ${donorsNeeded.least} needed` : String(donors),
    ]),
  ]),
]
