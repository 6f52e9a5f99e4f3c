import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { RunId } from '../../../contract/ids.ts'
import { counted } from '../counted.ts'
import { withProject } from '../with-client.ts'
import { findClass } from '../find-class.ts'
import { wholeNumber } from '../parse-options.ts'
import type { Terminal } from '../terminal.ts'

interface GenerateOptions {
  readonly run: number
  readonly class?: string
  readonly count?: number
  readonly belowTarget?: boolean
  readonly seed?: number
}

export function addGenerateCommand(program: Command, terminal: Terminal): void {
  const command: Command = program
    .command('generate <project>')
    .description('draw candidates of a class from a run’s newest checkpoint')
    .requiredOption('--run <run>', 'the run to draw from', wholeNumber)
    .option('--class <class>', 'the class to draw')
    .option('--count <number>', 'how many', wholeNumber)
    .addOption(
      new Option('--below-target', 'of every class that is below its target, as many as it needs').conflicts([
        'class',
        'count',
        'seed',
      ]),
    )
    .option('--seed <number>', 'seed of the first latent; continues after the last one if left out', wholeNumber)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { run, class: className, count, seed, belowTarget }: GenerateOptions) => {
      const runId = run as RunId
      if (belowTarget === true) {
        return withProject({ terminal, folder: resolve(project) }, async (client) => {
          const drawn = await client.perform('samples.generateBelowTarget', { runId })
          const which = drawn.classes.map((each) => `${each.count} of ${each.className}`).join(', ')
          terminal.result(drawn, [`Generated ${which}; review them next`])
        })
      }
      if (className === undefined || count === undefined) {
        command.error('error: say what to draw: --class <class> and --count <number>, or --below-target', {
          exitCode: 2,
        })
      }
      return withProject({ terminal, folder: resolve(project) }, async (client) => {
        const { id: classId } = await findClass(client, className)
        const { samples } = await client.perform('samples.generate', {
          runId,
          classId,
          count,
          ...(seed === undefined ? {} : { seed }),
        })
        terminal.result({ samples }, [
          `Generated ${counted(samples.length, 'candidate')} of ${className}; review ${samples.length === 1 ? 'it' : 'them'} next`,
        ])
      })
    })
}
