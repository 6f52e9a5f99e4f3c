import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ImageSort, ListedImage } from '../../../contract/dataset-images.ts'
import { ImageSort as imageSorts, ImageState } from '../../../contract/dataset-images.ts'
import type { ImageId } from '../../../contract/ids.ts'
import { Split } from '../../../contract/splits.ts'
import type { LocalClient } from '../../service/ports/local-client.ts'
import { describeOutcome } from '../describe-outcome.ts'
import { findClass } from '../find-class.ts'
import { wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

const pageSize = 500

interface ListOptions {
  readonly class?: string
  readonly split?: Split
  readonly state?: ImageState
  readonly import?: number
  readonly search?: string
  readonly sort: ImageSort
  readonly descending?: boolean
}

/** `images list|relabel|exclude|restore`: what a person corrects image by image. */
export function addImagesCommand(program: Command, terminal: Terminal): void {
  const images = program
    .command('images')
    .description('list the images of a project, and correct what is wrong with them')

  images
    .command('list <project>')
    .description('images with their ids, classes and splits')
    .option('--class <class>', 'only this class')
    .addOption(new Option('--split <split>', 'only this split').choices(Split.options))
    .addOption(
      new Option('--state <state>', 'excluded ones instead of those that take part').choices(ImageState.options),
    )
    .option('--import <import>', 'only those of this import', wholeNumber)
    .option('--search <text>', 'only those whose path holds this')
    .addOption(new Option('--sort <order>', 'in which order').choices(imageSorts.options).default('import'))
    .option('--descending', 'the other way round')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, options: ListOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const listed = await listImages(client, options)
        terminal.result({ images: listed }, [
          ...formatTable([
            ['id', 'class', 'split', 'state', 'size', 'path'],
            ...listed.map(({ id, className, split, state, sourceWidth, sourceHeight, sourcePath }) => [
              ...[String(id), className, split ?? '–', state, `${sourceWidth}×${sourceHeight}`, sourcePath],
            ]),
          ]),
        ])
      }),
    )

  change('relabel', 'move images to another class; as what they were imported stays on record')
    .requiredOption('--class <class>', 'the class they belong to')
    .action((project: string, names: readonly string[], { by, class: name }: { by: string; class: string }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const ids = await namedImages(client, names)
        const { id: classId } = await findClass(client, name)
        terminal.result(...describeOutcome(await client.request('images.relabel', { ids, classId, by })))
      }),
    )
  change('exclude', 'leave images out: they stay in the project, but neither train nor judge nor are exported').action(
    (project: string, names: readonly string[], { by }: { by: string }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const ids = await namedImages(client, names)
        const outcome = await client.request('images.exclude', { ids, by })
        const learnedBy = await client.request('images.learnedBy', { ids })
        terminal.result(...describeOutcome(outcome, { learnedBy }))
      }),
  )
  change('restore', 'take excluded images back').action(
    (project: string, names: readonly string[], { by }: { by: string }) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const ids = await namedImages(client, names)
        const outcome = await client.request('images.restore', { ids, by })
        const restored = await describeImages(client, ids)
        const undivided = restored.filter(({ split, state }) => state === 'active' && split === null).length
        terminal.result(...describeOutcome(outcome, { undivided }))
      }),
  )

  function change(name: string, description: string): Command {
    return images
      .command(`${name} <project> <images...>`)
      .description(`${description}. Images are named by id, or by path as imported`)
      .requiredOption('--by <name>', 'who says so')
      .option('--json', 'one JSON document on stdout')
  }
}

/** A number is an id; everything else, and a number with “./” before it, a path. */
async function namedImages(client: LocalClient, names: readonly string[]): Promise<ImageId[]> {
  const isId = (name: string): boolean => /^[1-9]\d{0,14}$/.test(name)
  const paths = names.filter((name) => !isId(name)).map((name) => name.replace(/^\.\//, ''))
  const found = paths.length === 0 ? [] : await client.request('images.find', { paths })
  return [...names.filter(isId).map((name) => Number(name) as ImageId), ...found]
}

async function listImages(client: LocalClient, options: ListOptions): Promise<readonly ListedImage[]> {
  const ids = await client.request('images.order', {
    filter: {
      ...(options.class === undefined ? {} : { classId: (await findClass(client, options.class)).id }),
      ...(options.split === undefined ? {} : { split: options.split }),
      ...(options.state === undefined ? {} : { state: options.state }),
      ...(options.import === undefined ? {} : { importId: options.import }),
      ...(options.search === undefined ? {} : { search: options.search }),
    },
    sort: options.sort,
    descending: options.descending === true,
  })
  return describeImages(client, ids)
}

async function describeImages(client: LocalClient, ids: readonly ImageId[]): Promise<readonly ListedImage[]> {
  const listed: ListedImage[] = []
  for (let at = 0; at < ids.length; at += pageSize)
    listed.push(...(await client.request('images.describe', { ids: ids.slice(at, at + pageSize) })))
  return listed
}
