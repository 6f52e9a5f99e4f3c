import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Fit, ImportReport } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { OriginalsChoice } from '../../../contract/originals.ts'
import { withProject } from '../with-client.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

const skippedShown = 20

interface ImportOptions {
  readonly fit: Fit
  readonly originals: OriginalsChoice
}

export function addImportCommand(program: Command, terminal: Terminal): void {
  program
    .command('import <project> <folder>')
    .description('import class folders: <folder>/<class>/<images>')
    .addOption(
      new Option('--fit <policy>', 'how other shapes become square')
        .choices(['crop', 'letterbox', 'stretch'])
        .default('crop'),
    )
    .addOption(
      new Option('--originals <choice>', 'keep the bytes of the files in the project, or only note where they lie')
        .choices(OriginalsChoice.options)
        .default('keep'),
    )
    .option('--json', 'one JSON document on stdout')
    .action((project: string, folder: string, { fit, originals }: ImportOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const report = await client.perform('dataset.import', { folder: resolve(folder), fit, originals })
        const { imported, duplicates, skipped, classes, splits } = report
        refuseUnlessUseful(report, terminal)
        if (originals === 'reference')
          terminal.log('The originals stay where they are: the pictures can be made again only while they do.')
        terminal.result({ imported, duplicates, skipped, classes, splits }, [
          `Imported ${imported} images; ${duplicates} duplicates, ${skipped.length} files skipped in all`,
          ...skippedLines(report),
          ...formatTable(Object.entries(classes).map(([name, count]) => [name, String(count)])),
          ...(splits === undefined
            ? []
            : [`Train ${splits.train}, validation ${splits.val}, test ${splits.test}; see \`flawsmith splits show\``]),
        ])
      }),
    )
}

const skippedLines = ({ skipped }: ImportReport): readonly string[] => [
  ...skipped.slice(0, skippedShown).map(({ path, reason, detail }) => `  ${path}: ${reason} (${detail})`),
  ...(skipped.length > skippedShown ? [`  … and ${skipped.length - skippedShown} more (--json lists all)`] : []),
]

/**
 * A script must notice that nothing usable was there. Only duplicates is success: importing a folder again is allowed.
 * The window shows the same report instead, with every reason.
 */
function refuseUnlessUseful(report: ImportReport, terminal: Terminal): void {
  if (report.imported > 0 || report.duplicates > 0) return
  for (const line of skippedLines(report)) terminal.log(line)
  const [first] = report.skipped
  throw new FlawsmithError(
    'no_images_imported',
    `None of the ${report.skipped.length} files in ${report.folder} could be imported; the first: ${first?.path ?? ''} (${first?.reason ?? ''}). Choose a folder with readable images.`,
    { folder: report.folder, skipped: report.skipped.length },
  )
}
