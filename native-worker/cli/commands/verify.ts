import { resolve } from 'node:path'
import type { Command } from 'commander'
import { FlawsmithError } from '../../../contract/errors.ts'
import { withClient } from '../with-client.ts'
import type { Terminal } from '../terminal.ts'

export function addVerifyCommand(program: Command, terminal: Terminal): void {
  program
    .command('verify <folder>')
    .description('check a project or an export: every file against its recorded hash, every decision against its chain')
    .option('--json', 'one JSON document on stdout')
    .action((folder: string) =>
      withClient(terminal, async (client) => {
        const report = await client.perform('verify.run', { folder: resolve(folder) })
        if (report.problems.length > 0) {
          for (const problem of report.problems) terminal.log(`${problem.kind} ${problem.path}: ${problem.detail}`)
          const [first] = report.problems
          throw new FlawsmithError(
            'verify_failed',
            `${report.problems.length} problems in ${report.folder}; the first: ${first?.kind ?? ''} ${first?.path ?? ''}.`,
            {
              problems: report.problems.length,
              folder: report.folder,
            },
          )
        }
        terminal.result(report, [
          `${report.folder}: ${report.filesChecked} files checked, no problems`,
          ...(report.head === null ? [] : [`record: ${report.head.length} entries, ending in ${report.head.hash}`]),
        ])
      }),
    )
}
