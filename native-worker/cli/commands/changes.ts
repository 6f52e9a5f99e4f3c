import { resolve } from 'node:path'
import type { Command } from 'commander'
import { importEnd } from '../cut-off-imports.ts'
import { describeChange } from '../describe-change.ts'
import { describeOutcome } from '../describe-outcome.ts'
import { wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

/** `changes list|undo` and `imports list|undo`: what was done to the data set, and how it is taken back. */
export function addChangesCommands(program: Command, terminal: Terminal): void {
  const changes = program.command('changes').description('what people changed of the data set, and taking it back')
  changes
    .command('list <project>')
    .description('changes, the newest first')
    .option('--limit <number>', 'how many', wholeNumber, 100)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { limit }: { limit: number }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const { items, total } = await client.request('changes.list', { offset: 0, limit })
        terminal.result({ changes: items, total }, [
          ...formatTable([
            ['change', 'at', 'by', '', 'what'],
            ...items.map((change) => [
              ...[String(change.batch), change.at, change.by, change.stands ? '' : 'no longer stands'],
              describeChange(change),
            ]),
          ]),
        ])
      }),
    )
  changes
    .command('undo')
    .argument('<project>')
    .argument('<change>', 'its number, as “changes list” says', wholeNumber)
    .description('take a change back, as a change of its own; refused where a later one builds on it')
    .requiredOption('--by <name>', 'who says so')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, batch: number, { by }: { by: string }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const outcome = await client.request('changes.undo', { batch, by })
        const { split } = await client.request('dataset.summary', {})
        terminal.result(...describeOutcome(outcome, { undivided: split.lockedAt === null ? 0 : split.undivided }))
      }),
    )

  const imports = program.command('imports').description('what was imported, and taking it back')
  imports
    .command('list <project>')
    .description('imports, the newest first')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const listed = await client.request('imports.list', {})
        terminal.result({ imports: listed }, [
          ...formatTable([
            ['import', 'at', 'images', 'excluded', 'classes', '', 'folder'],
            ...listed.map((each) => [
              ...[String(each.id), each.startedAt, String(each.active), String(each.excluded)],
              ...[each.classes.join(', '), importEnd(each), each.folder],
            ]),
          ]),
        ])
      }),
    )
  imports
    .command('undo')
    .argument('<project>')
    .argument('<import>', 'its number, as “imports list” says', wholeNumber)
    .description('exclude everything an import brought, and remove the classes that came with it')
    .requiredOption('--by <name>', 'who says so')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, importId: number, { by }: { by: string }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const ids = await client.request('images.order', { filter: { importId }, sort: 'import' })
        const outcome = await client.request('imports.undo', { importId, by })
        const learnedBy = ids.length === 0 ? [] : await client.request('images.learnedBy', { ids: [...ids] })
        terminal.result(...describeOutcome(outcome, { learnedBy }))
      }),
    )
}
