import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Sample, SampleState } from '../../../contract/samples.ts'
import { SampleState as sampleStates } from '../../../contract/samples.ts'
import { withProject } from '../with-client.ts'
import { findClass } from '../find-class.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

const pageSize = 500

export function addSamplesCommand(program: Command, terminal: Terminal): void {
  program
    .command('samples <project>')
    .description('list candidates with their ids and decisions')
    .option('--class <class>', 'only this class')
    .addOption(new Option('--state <state>', 'only in this state').choices(sampleStates.options))
    .option('--json', 'one JSON document on stdout')
    .action((project: string, options: { readonly class?: string; readonly state?: SampleState }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const filter = {
          ...(options.class === undefined ? {} : { classId: (await findClass(client, options.class)).id }),
          ...(options.state === undefined ? {} : { state: options.state }),
        }
        const samples: Sample[] = []
        let total = Infinity
        while (samples.length < total) {
          const page = await client.request('samples.list', { ...filter, offset: samples.length, limit: pageSize })
          if (page.items.length === 0) break
          samples.push(...page.items)
          total = page.total
        }
        const { classes } = await client.request('dataset.summary', {})
        const className = new Map(classes.map(({ id, name }) => [id, name]))
        const named = samples.map((sample) => ({ ...sample, class: className.get(sample.classId) ?? '' }))
        const rows = named.map(({ id, runId, class: name, state, sha256 }) => [
          ...[`${id}`, `${runId}`, name, state, sha256],
        ])
        terminal.result({ samples: named }, formatTable([['id', 'run', 'class', 'state', 'image'], ...rows]))
      }),
    )
}
