import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { RunId } from '../../../contract/ids.ts'
import { counted } from '../counted.ts'
import { withProject } from '../with-client.ts'
import { findClass } from '../find-class.ts'
import { wholeNumber } from '../parse-options.ts'
import type { Terminal } from '../terminal.ts'

interface GenerateOptions {
  readonly run: number
  readonly class: string
  readonly count: number
  readonly seed?: number
}

export function addGenerateCommand(program: Command, terminal: Terminal): void {
  program
    .command('generate <project>')
    .description('draw candidates of a class from a run’s newest checkpoint')
    .requiredOption('--run <run>', 'the run to draw from', wholeNumber)
    .requiredOption('--class <class>', 'the class to draw')
    .requiredOption('--count <number>', 'how many', wholeNumber)
    .option('--seed <number>', 'seed of the first latent; continues after the last one if left out', wholeNumber)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, options: GenerateOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const { id: classId } = await findClass(client, options.class)
        const { samples } = await client.perform('samples.generate', {
          runId: options.run as RunId,
          classId,
          count: options.count,
          ...(options.seed === undefined ? {} : { seed: options.seed }),
        })
        terminal.result({ samples }, [
          `Generated ${counted(samples.length, 'candidate')} of ${options.class}; review ${samples.length === 1 ? 'it' : 'them'} next`,
        ])
      }),
    )
}
