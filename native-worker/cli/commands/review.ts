import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { SampleId } from '../../../contract/ids.ts'
import type { RejectReason, UndoOutcome } from '../../../contract/samples.ts'
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
  readonly release?: readonly number[]
  readonly undo?: true | number
}

const collectIds = (value: string, before: readonly number[] = []): readonly number[] => [
  ...before,
  ...value.split(',').map(wholeNumber),
]

function describeUndo({ decision, samples }: UndoOutcome): string {
  const { id, action, by, decidedAt, sampleIds, exportsSince } = decision
  const what = `decision ${id} of ${by} at ${decidedAt}: ${action} candidate ${sampleIds.join(', ')}`
  const exports = exportsSince.map(({ folder }) => folder).join(', ')
  if (samples === null)
    return `not undone: ${what}. An export written since may hold it and keeps it: ${exports}. Undo it with --undo ${id}`
  const now = samples.map(({ id: sampleId, state }) => `${sampleId} is ${state}`).join(', ')
  return `undone: ${what}; now ${now}${exports === '' ? '' : `. Exports written since keep what they hold: ${exports}`}`
}

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
    .option(
      '--undo [decision]',
      "take back the inspector's last decision that still stands; with its number also where an export may hold it",
      wholeNumber,
    )
    .option('--release <ids...>', 'quarantined candidates that go into the queue', collectIds)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { by, accept, reject, reason, release, undo }: ReviewOptions) => {
      const both = accept?.filter((id) => reject?.includes(id)) ?? []
      if (both.length > 0) command.error(`error: accepted and rejected at once: ${both.join(', ')}`, { exitCode: 2 })
      if (undo !== undefined && (accept !== undefined || reject !== undefined))
        command.error('error: --undo stands alone: it would take back what the same command records', { exitCode: 2 })
      return withProject({ terminal, folder: resolve(project) }, async (client) => {
        const undone =
          undo === undefined
            ? null
            : await client.request('review.undo', { by, ...(undo === true ? {} : { confirmed: undo }) })
        if (release !== undefined)
          await client.request('review.release', {
            sampleIds: release as readonly SampleId[] as SampleId[],
            by,
          })
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
        terminal.result({ accepted: accept?.length ?? 0, rejected: reject?.length ?? 0, undone, counts }, [
          ...(undone === null ? [] : [describeUndo(undone)]),
          ...formatTable([
            ['class', 'real', 'pending', 'quarantined', 'accepted', 'rejected', 'target'],
            ...counts.map((row) => [
              row.className,
              ...[row.real, row.pending, row.quarantined, row.accepted, row.rejected, row.target].map(String),
            ]),
          ]),
        ])
      })
    })
}
