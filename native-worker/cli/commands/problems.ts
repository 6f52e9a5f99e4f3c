import { resolve } from 'node:path'
import type { Command } from 'commander'
import { counted } from '../counted.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

/** `problems`: labels that are probably wrong, and images unlike their class. */
export function addProblemsCommand(program: Command, terminal: Terminal): void {
  program
    .command('problems <project>')
    .description('labels that are probably wrong, and images unlike their class, by what the images look like')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const check = await client.perform('problems.find', {})
        terminal.result(check, [
          `${counted(check.images, 'image')} judged by ${check.images === 1 ? 'its' : 'their'} ${check.neighboursAsked} nearest neighbours`,
          ...formatTable([
            ['image', 'class', 'likelier', 'votes', 'score', 'path'],
            ...check.suspects.map(({ image, likelier, votes, score }) => [
              ...[String(image.id), image.className, likelier, `${votes} of ${check.neighboursAsked}`],
              ...[score.toFixed(2), image.sourcePath],
            ]),
          ]),
          ...check.outliers.map(
            ({ image, ratio }) =>
              `${image.id} ${image.sourcePath} is ${ratio.toFixed(1)} times as far from ${image.className} as usual`,
          ),
          ...(check.tooSmall.length === 0
            ? []
            : [`Not meaningful under ${check.fewestOfAClass} images a class: ${check.tooSmall.join(', ')}`]),
          ...(check.unclear.length === 0
            ? []
            : [`Looks alone do not tell these classes from the others: ${check.unclear.join(', ')}`]),
        ])
      }),
    )
}
