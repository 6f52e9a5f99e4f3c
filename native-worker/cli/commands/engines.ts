import type { Command } from 'commander'
import { withClient } from '../with-client.ts'
import type { Terminal } from '../terminal.ts'
import { engineTable } from './doctor.ts'

export function addEnginesCommand(program: Command, terminal: Terminal): void {
  const engines = program.command('engines').description('the engines that train: install the native one, list all')
  engines
    .command('list')
    .description('every engine with its state; the chosen one is starred')
    .option('--json', 'one JSON document on stdout')
    .action(() =>
      withClient(terminal, async (client) => {
        const reports = await client.request('engines.list', {})
        terminal.result(reports, engineTable(reports))
      }),
    )
  engines
    .command('install')
    .description('build the native tensorflow engine into the cache folder (needs python3 with pip, and g++)')
    .option('--json', 'one JSON document on stdout')
    .action(() =>
      withClient(terminal, async (client) => {
        const reports = await client.perform('engines.install', {})
        terminal.result(reports, engineTable(reports))
      }),
    )
}
