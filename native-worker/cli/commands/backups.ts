import { resolve } from 'node:path'
import type { Command } from 'commander'
import { withClient } from '../with-client.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

export function addBackupsCommand(program: Command, terminal: Terminal): void {
  program
    .command('backups <project>')
    .description('the automatic backups of a project’s database, the one taken last first')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withClient(terminal, async (client) => {
        const backups = await client.request('projects.backups', { folder: resolve(project) })
        terminal.result(
          backups,
          formatTable([
            ['backup', 'taken', 'bytes'],
            ...backups.map(({ file, takenAt, sizeBytes }) => [file, takenAt, String(sizeBytes)]),
          ]),
        )
      }),
    )
  program
    .command('restore <project>')
    .description('put a backup in the place of the database; the one that was there is kept in backups/')
    .requiredOption('--backup <file>', 'its name, as `flawsmith backups` lists it')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { backup }: { readonly backup: string }) =>
      withClient(terminal, async (client) => {
        const restored = await client.request('projects.restore', { folder: resolve(project), file: backup })
        terminal.result(restored, [`Restored ${restored.folder} from ${backup}`])
      }),
    )
}
