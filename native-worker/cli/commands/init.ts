import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Channels } from '../../../contract/project.ts'
import { withClient } from '../with-client.ts'
import { wholeNumber } from '../parse-options.ts'
import type { Terminal } from '../terminal.ts'

export function addInitCommand(program: Command, terminal: Terminal): void {
  program
    .command('init <project>')
    .description('create a project folder')
    .option('--size <pixels>', 'edge length of every image (16 to 512, a multiple of 4)', wholeNumber, 64)
    .addOption(new Option('--channels <number>', '1 grey, 3 colour').choices(['1', '3']).default('1'))
    .option('--name <name>', 'shown in the window; the folder name if left out')
    .option('--json', 'one JSON document on stdout')
    .action(
      (folder: string, options: { readonly size: number; readonly channels: '1' | '3'; readonly name?: string }) =>
        withClient(terminal, async (client) => {
          const project = await client.request('projects.create', {
            folder: resolve(folder),
            size: options.size,
            channels: Number(options.channels) as Channels,
            ...(options.name === undefined ? {} : { name: options.name }),
          })
          terminal.result(project, [
            `Created ${project.folder} (${project.size} px, ${project.channels === 1 ? 'grey' : 'colour'})`,
          ])
        }),
    )
}
