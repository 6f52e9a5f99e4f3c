import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ChangeOutcome } from '../../../contract/changes.ts'
import { caseTwins } from '../../../contract/class-name.ts'
import type { ClassId } from '../../../contract/ids.ts'
import type { LocalClient } from '../../service/ports/local-client.ts'
import { describeOutcome } from '../describe-outcome.ts'
import { findClass } from '../find-class.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

interface Asked {
  readonly client: LocalClient
  readonly classId: ClassId
  readonly by: string
}

/** `classes list|rename|merge|remove|leave-out|take-back`. */
export function addClassesCommand(program: Command, terminal: Terminal): void {
  const classes = program.command('classes').description('the classes of a project: rename, merge, remove, leave out')

  classes
    .command('list <project>')
    .description('classes with their images, and what is left out')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const { classes: listed } = await client.request('dataset.summary', {})
        terminal.result({ classes: listed }, [
          ...formatTable([
            ['class', 'images', 'excluded', 'train', 'val', 'test', ''],
            ...listed.map(({ name, images, excluded, splits: { train, val, test }, leftOut }) => [
              name,
              ...[images, excluded, train, val, test].map(String),
              leftOut ? 'left out' : '',
            ]),
          ]),
        ])
      }),
    )

  change('rename <project> <class> <name>', 'give a class another name', ({ client, classId, by }, name = '') =>
    client.request('classes.rename', { classId, name, by }),
  )
  change(
    'merge <project> <class> <into>',
    'make every image of a class one of another; accepted candidates count there, too',
    async ({ client, classId, by }, into = '') =>
      client.request('classes.merge', { classId, into: (await findClass(client, into)).id, by }),
  )
  change('remove <project> <class>', 'exclude its images and remove the class', ({ client, classId, by }) =>
    client.request('classes.remove', { classId, by }),
  )
  change('leave-out <project> <class>', 'keep a class, but neither train nor export it', ({ client, classId, by }) =>
    client.request('classes.leaveOut', { classId, leftOut: true, by }),
  )
  change('take-back <project> <class>', 'train and export a class again that was left out', ({ client, classId, by }) =>
    client.request('classes.leaveOut', { classId, leftOut: false, by }),
  )

  function change(
    usage: string,
    description: string,
    work: (asked: Asked, argument: string | undefined) => Promise<ChangeOutcome>,
  ): void {
    classes
      .command(usage)
      .description(description)
      .requiredOption('--by <name>', 'who says so')
      .option('--json', 'one JSON document on stdout')
      .action((project: string, name: string, ...rest: readonly unknown[]) => {
        const [argument] = rest.filter((each) => typeof each === 'string')
        const { by } = rest.find((each): each is { by: string } => isOptions(each)) ?? { by: '' }
        return withProject({ terminal, folder: resolve(project) }, async (client) => {
          const { id: classId } = await findClass(client, name)
          const [value, lines] = describeOutcome(await work({ client, classId, by }, argument))
          terminal.result(value, [...lines, ...(await twinLines(client, classId))])
        })
      })
  }
}

/** Said of a class whose name many file systems take for that of another one. */
async function twinLines(client: LocalClient, classId: ClassId): Promise<readonly string[]> {
  const { classes } = await client.request('dataset.summary', {})
  const name = classes.find(({ id }) => id === classId)?.name
  const twins = caseTwins(classes.map((each) => each.name))
  return name === undefined || !twins.includes(name)
    ? []
    : [
        `${twins.filter((each) => each.toLowerCase() === name.toLowerCase()).join(' and ')} differ in upper and lower case only: an export calls one of their folders otherwise, and says so.`,
      ]
}

const isOptions = (value: unknown): boolean => typeof value === 'object' && value !== null && 'by' in value
