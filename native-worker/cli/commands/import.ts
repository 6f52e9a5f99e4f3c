import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Fit } from '../../../contract/dataset.ts'
import { withProject } from '../with-client.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

const skippedShown = 20

export function addImportCommand(program: Command, terminal: Terminal): void {
  program
    .command('import <project> <folder>')
    .description('import class folders: <folder>/<class>/<images>')
    .addOption(
      new Option('--fit <policy>', 'how other shapes become square')
        .choices(['crop', 'letterbox', 'stretch'])
        .default('crop'),
    )
    .option('--json', 'one JSON document on stdout')
    .action((project: string, folder: string, options: { readonly fit: Fit }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const report = await client.perform('dataset.import', { folder: resolve(folder), fit: options.fit })
        const { imported, duplicates, skipped, classes } = report
        terminal.result({ imported, duplicates, skipped, classes }, [
          `Imported ${imported} images; ${duplicates} duplicates, ${skipped.length} files skipped in all`,
          ...skipped.slice(0, skippedShown).map(({ path, reason, detail }) => `  ${path}: ${reason} (${detail})`),
          ...(skipped.length > skippedShown
            ? [`  … and ${skipped.length - skippedShown} more (--json lists all)`]
            : []),
          ...formatTable(Object.entries(classes).map(([name, count]) => [name, String(count)])),
        ])
      }),
    )
}
