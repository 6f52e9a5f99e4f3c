import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { RunId } from '../../../contract/ids.ts'
import type { Sample, SampleQueue } from '../../../contract/samples.ts'
import { isQuarantined, SampleQueue as sampleQueues } from '../../../contract/samples.ts'
import type { SampleOrderName } from '../../../contract/scores.ts'
import { SampleOrderName as sampleOrders } from '../../../contract/scores.ts'
import { withProject } from '../with-client.ts'
import { wholeNumber } from '../parse-options.ts'
import { findClass } from '../find-class.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

const pageSize = 500

interface SamplesOptions {
  readonly class?: string
  readonly state?: SampleQueue
  readonly run?: number
  readonly sort?: SampleOrderName
}

export function addSamplesCommand(program: Command, terminal: Terminal): void {
  program
    .command('samples <project>')
    .description('list candidates with their ids, decisions and scores')
    .option('--class <class>', 'only this class')
    .addOption(new Option('--state <state>', 'only in this state').choices(sampleQueues.options))
    .option('--run <run>', 'only of this run', wholeNumber)
    .addOption(
      new Option('--sort <score>', 'quality and doubt from high to low, scores from low to high').choices(
        sampleOrders.options,
      ),
    )
    .option('--json', 'one JSON document on stdout')
    .action((project: string, options: SamplesOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const filter = {
          ...(options.class === undefined ? {} : { classId: (await findClass(client, options.class)).id }),
          ...(options.state === undefined ? {} : { state: options.state }),
          ...(options.run === undefined ? {} : { runId: options.run as RunId }),
          ...(options.sort === undefined ? {} : { sort: options.sort }),
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
        const rows = named.map((sample) => [
          ...[`${sample.id}`, `${sample.runId}`, sample.class, isQuarantined(sample) ? 'quarantined' : sample.state],
          ...[sample.scores === null ? 'not scored yet' : sample.gate.join(', '), sample.quality?.toFixed(2) ?? ''],
          sample.sha256,
        ])
        terminal.result(
          { samples: named },
          formatTable([['id', 'run', 'class', 'state', 'gate', 'quality', 'image'], ...rows]),
        )
      }),
    )
}
