import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { SampleId } from '../../../contract/ids.ts'
import type { RejectReason } from '../../../contract/samples.ts'
import { RejectReason as rejectReasons } from '../../../contract/samples.ts'
import { withProject } from '../with-client.ts'
import { wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

interface ReviewOptions {
  readonly by: string
  readonly accept?: readonly number[]
  readonly reject?: readonly number[]
  readonly reason: RejectReason
}

const collectIds = (value: string, before: readonly number[] = []): readonly number[] => [
  ...before,
  ...value.split(',').map(wholeNumber),
]

export function addReviewCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('review <project>')
    .description('record decisions on candidates; without ids, show the counts')
    .requiredOption('--by <name>', 'the inspector')
    .option('--accept <ids...>', 'candidates that go into the export', collectIds)
    .option('--reject <ids...>', 'candidates that do not', collectIds)
    .addOption(
      new Option('--reason <code>', 'why they are rejected').choices(rejectReasons.options).default('unspecified'),
    )
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { by, accept, reject, reason }: ReviewOptions) => {
      const both = accept?.filter((id) => reject?.includes(id)) ?? []
      if (both.length > 0) command.error(`error: accepted and rejected at once: ${both.join(', ')}`, { exitCode: 2 })
      return withProject({ terminal, folder: resolve(project) }, async (client) => {
        if (accept !== undefined) {
          await client.request('review.decide', {
            sampleIds: accept as readonly SampleId[] as SampleId[],
            action: 'accept',
            by,
          })
        }
        if (reject !== undefined) {
          await client.request('review.decide', {
            sampleIds: reject as readonly SampleId[] as SampleId[],
            action: 'reject',
            reason,
            by,
          })
        }
        const counts = await client.request('review.counts', {})
        terminal.result(
          { accepted: accept?.length ?? 0, rejected: reject?.length ?? 0, counts },
          formatTable([
            ['class', 'real', 'pending', 'accepted', 'rejected', 'target'],
            ...counts.map((row) => [
              row.className,
              ...[row.real, row.pending, row.accepted, row.rejected, row.target].map(String),
            ]),
          ]),
        )
      })
    })
}
