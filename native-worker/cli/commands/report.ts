import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import { ReportLanguage as reportLanguages, type ReportLanguage } from '../../../contract/report.ts'
import { changesInWords } from '../../project/uplift/changes-in-words.ts'
import { folderName } from '../parse-options.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

interface ReportOptions {
  readonly out: string
  readonly pdf?: boolean
  readonly lang: ReportLanguage
}

/** `report`: the verdict and everything behind it, for somebody who was not there. */
export function addReportCommand(program: Command, terminal: Terminal): void {
  program
    .command('report <project>')
    .description(
      'write the verdict with data, splits, runs, scores, decisions and limits; the folder must not exist yet',
    )
    .requiredOption('--out <folder>', 'the new folder', folderName)
    .option('--pdf', 'also as a PDF, printed by the app')
    .addOption(new Option('--lang <language>', 'language of the report').choices(reportLanguages.options).default('en'))
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { out, pdf, lang }: ReportOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const outcome = await client.perform('reports.write', {
          folder: resolve(out),
          language: lang,
          pdf: pdf === true,
        })
        terminal.result({ ...outcome, isStale: outcome.changed.length > 0 }, [
          `Wrote ${outcome.files.join(' and ')} to ${outcome.out}`,
          ...(outcome.overall === null
            ? ['It says that nothing was measured yet: flawsmith uplift --quick takes 5 minutes at most.']
            : []),
          ...(outcome.changed.length === 0
            ? []
            : [`It says that its verdict is outdated. ${changesInWords(outcome.changed, 'en')}`]),
        ])
      }),
    )
}
