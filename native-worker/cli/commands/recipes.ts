import { resolve } from 'node:path'
import type { Command } from 'commander'
import { withClient } from '../with-client.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

export function addRecipesCommand(program: Command, terminal: Terminal): void {
  program
    .command('recipes [project]')
    .description('what can be trained: recipes with parameters, ranges and parameter counts (at the project’s size)')
    .option('--json', 'one JSON document on stdout')
    .action((project: string | undefined) =>
      withClient(terminal, async (client) => {
        if (project !== undefined) await client.request('projects.open', { folder: resolve(project) })
        const recipes = await client.request('recipes.list', {})
        terminal.result(
          recipes,
          formatTable([
            ['recipe', 'learns', 'generator', 'discriminator', ''],
            ...recipes.map(({ id, scope, parameterCounts, summary }) => [
              id,
              scope,
              String(parameterCounts?.generator ?? '–'),
              String(parameterCounts?.discriminator ?? '–'),
              summary.en,
            ]),
          ]),
        )
      }),
    )
}
