import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { RunId } from '../../../contract/ids.ts'
import type { Figure } from '../../../contract/scores.ts'
import { wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'
import { describeGate } from './score.ts'

export function addEvaluateCommand(program: Command, terminal: Terminal): void {
  program
    .command('evaluate <project>')
    .description('figures about the candidates of each run, beside what real images give in their place')
    .option('--run <run>', 'only this run', wholeNumber)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { run }: { readonly run?: number }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const evaluation = await client.perform('scores.evaluate', run === undefined ? {} : { runId: run as RunId })
        const { classes } = evaluation.gate
        const rows = evaluation.figures.map((figure) => [
          `${figure.runId}`,
          classes.find(({ classId }) => classId === figure.classId)?.className ?? `${figure.classId}`,
          ...[figure.name, shown(figure.value, figure), shown(figure.floor, figure)],
          `${figure.real} / ${figure.synthetic}`,
        ])
        terminal.result(evaluation, [
          ...formatTable([['run', 'class', 'figure', 'value', 'real images give', 'n real / synthetic'], ...rows]),
          ...describeGate(evaluation.gate),
        ])
      }),
    )
}

const shown = (value: number | null, { needed }: Figure): string =>
  value === null ? `not measured (${needed} needed)` : value.toFixed(3)
