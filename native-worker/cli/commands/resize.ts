import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import { Fit } from '../../../contract/dataset.ts'
import { counted } from '../counted.ts'
import { wholeNumber } from '../parse-options.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

interface ResizeOptions {
  readonly size: number
  readonly fit?: Fit
  readonly leaveOut?: boolean
  readonly by: string
}

const shownLeftOut = 20

/** `resize`: every picture again, at another size, from the originals. */
export function addResizeCommand(program: Command, terminal: Terminal): void {
  program
    .command('resize <project>')
    .description('make every image again from its original, at another size; runs keep the size that they learned at')
    .requiredOption('--size <pixels>', 'new edge length of every image: 16 to 512, a multiple of 4', wholeNumber)
    .addOption(
      new Option('--fit <policy>', 'how other shapes become square from now on; as imported if left out').choices(
        Fit.options,
      ),
    )
    .option('--leave-out', 'exclude images that have no original, instead of refusing')
    .requiredOption('--by <name>', 'who changes the size')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { size, fit, leaveOut, by }: ResizeOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const outcome = await client.perform('dataset.resize', {
          size,
          ...(fit === undefined ? {} : { fit }),
          ...(leaveOut === undefined ? {} : { leaveOut }),
          by,
        })
        const { images, leftOut } = outcome
        terminal.result(outcome, [
          `${counted(images, 'image')} of ${outcome.size} × ${outcome.size} pixels`,
          ...(leftOut.length === 0 ? [] : [`Excluded, since their originals are missing: ${leftOut.length}`]),
          ...leftOut.slice(0, shownLeftOut).map((path) => `  ${path}`),
          ...(leftOut.length > shownLeftOut
            ? [`  … and ${leftOut.length - shownLeftOut} more (--json lists all)`]
            : []),
        ])
      }),
    )
}
