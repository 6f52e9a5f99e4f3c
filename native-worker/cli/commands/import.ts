import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import * as v from 'valibot'
import type { Fit, ImportReport } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { DepthChoice, greyDepths } from '../../../contract/grey-depth.ts'
import type { ImportWish } from '../../../contract/layouts.ts'
import { LayoutName } from '../../../contract/layouts.ts'
import { OriginalsChoice } from '../../../contract/originals.ts'
import { counted } from '../counted.ts'
import { withProject } from '../with-client.ts'
import { describeImport, skippedLines } from '../describe-import.ts'
import { maxLevels } from '../../../contract/layouts.ts'
import { wholeNumberFrom } from '../parse-options.ts'
import { skipWords } from '../reason-words.ts'
import type { Terminal } from '../terminal.ts'

interface ImportOptions {
  readonly fit: Fit
  readonly depth: string
  readonly originals: OriginalsChoice
  readonly layout: NonNullable<ImportWish['layout']>
  readonly root?: string
  readonly level?: number
  readonly class?: string
  readonly leaveOut?: readonly string[]
  readonly followLinks?: boolean
  readonly drawSplits?: boolean
}

export function addImportCommand(program: Command, terminal: Terminal): void {
  program
    .command('import <project> <folder>')
    .description('import labelled images: class folders, also below train/val/test, MVTec AD, an export of Flawsmith')
    .addOption(
      new Option('--fit <policy>', 'how other shapes become square')
        .choices(['crop', 'letterbox', 'stretch'])
        .default('crop'),
    )
    .addOption(
      new Option('--layout <layout>', 'how the folder is laid out; auto takes what is clear and asks otherwise')
        .choices(['auto', ...LayoutName.options])
        .default('auto'),
    )
    .option('--root <folder>', 'the folder inside it that holds the data set; . for the folder itself')
    .option(
      '--level <number>',
      'which folder level below the root names the class, from 1',
      wholeNumberFrom(1, maxLevels),
    )
    .option('--class <name>', 'the class of the images in a flat folder')
    .option('--leave-out <classes...>', 'classes that are not imported')
    .addOption(
      new Option('--depth <bits>', 'bits that hold the brightness of files deeper than 8 bits')
        .choices(['auto', ...greyDepths.map(String)])
        .default('auto'),
    )
    .addOption(
      new Option('--originals <choice>', 'keep the bytes of the files in the project, or only note where they lie')
        .choices(OriginalsChoice.options)
        .default('keep'),
    )
    .option('--follow-links', 'also take files that links outside of the folder lead to')
    .option('--draw-splits', 'draw splits for all images, whatever the folders say')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, folder: string, options: ImportOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const report = await client
          .perform('dataset.import', { folder: resolve(folder), ...wishOf(options) })
          .catch((thrown: unknown) => {
            tellProposals(thrown, { terminal, command: `flawsmith import ${project} ${folder}` })
            throw thrown
          })
        const {
          imported,
          duplicates,
          skipped,
          classes,
          splits,
          reading,
          depth,
          manyPages,
          namedOtherwise,
          crossing,
          marks,
        } = report
        refuseUnlessUseful(report, terminal)
        if (options.originals === 'reference')
          terminal.log('The originals stay where they are: the pictures can be made again only while they do.')
        terminal.result(
          {
            imported,
            duplicates,
            skipped,
            classes,
            splits,
            ...reading,
            depth,
            manyPages,
            namedOtherwise,
            crossing,
            ...(marks === undefined ? {} : { marks }),
          },
          describeImport(report),
        )
      }),
    )
}

const wishOf = ({
  fit,
  depth,
  originals,
  layout,
  root,
  level,
  leaveOut,
  followLinks,
  drawSplits,
  ...rest
}: ImportOptions) => ({
  ...{ fit, originals, layout },
  depth: v.parse(DepthChoice, depth === 'auto' ? 'auto' : Number(depth)),
  ...(root === undefined ? {} : { root }),
  ...(level === undefined ? {} : { level }),
  ...(rest.class === undefined ? {} : { className: rest.class }),
  ...(leaveOut === undefined ? {} : { leaveOut: [...leaveOut] }),
  ...(followLinks === undefined ? {} : { followLinks }),
  ...(drawSplits === undefined ? {} : { ignoreSplits: drawSplits }),
})

/** The proposals, each with the command that takes it. */
function tellProposals(
  thrown: unknown,
  { terminal, command }: { readonly terminal: Terminal; readonly command: string },
): void {
  if (!(thrown instanceof FlawsmithError) || thrown.code !== 'layout_ambiguous') return
  const { proposals } = thrown.details
  if (!Array.isArray(proposals)) return
  for (const { classes, splits, images, options } of proposals as readonly Readonly<Record<string, unknown>>[]) {
    const parts = [counted(Number(images), 'image'), ...(splits === '' ? [] : [String(splits)])]
    terminal.log(`  ${String(classes).replace(/^ \(\d+\)$/, 'one class')}: ${parts.join('; ')}`)
    terminal.log(`    ${command} ${String(options)}`)
  }
}

/**
 * A script must notice that nothing usable was there. Only duplicates is success: importing a folder again is allowed.
 * The window shows the same report instead, with every reason.
 */
function refuseUnlessUseful(report: ImportReport, terminal: Terminal): void {
  if (report.imported > 0 || report.duplicates > 0) return
  if (report.skipped.some(({ reason }) => reason === 'excluded_by_person')) return
  for (const line of skippedLines(report)) terminal.log(line)
  const [first] = report.skipped
  throw new FlawsmithError(
    'no_images_imported',
    `None of ${counted(report.skipped.length, 'file')} in ${report.folder} could be imported; the first: ${first === undefined ? '' : `${first.path} (${skipWords[first.reason]})`}. Choose a folder with readable images.`,
    { folder: report.folder, skipped: report.skipped.length },
  )
}
