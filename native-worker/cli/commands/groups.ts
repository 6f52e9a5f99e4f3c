import { resolve } from 'node:path'
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import type { GroupHint, GroupMember } from '../../../contract/groups.ts'
import type { ImageId } from '../../../contract/ids.ts'
import type { LocalClient } from '../../service/ports/local-client.ts'
import { counted } from '../counted.ts'
import { crossingLines, crossingOf, listGroups } from '../crossing-groups.ts'
import { describeOutcome } from '../describe-outcome.ts'
import { wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

interface FindOptions {
  readonly threshold?: number
  readonly hint?: string
  readonly numbers?: number
  readonly names?: boolean
}

const groupsShown = 20

/** `groups list|find|uncross|join|split`: which images show the same part. */
export function addGroupsCommand(program: Command, terminal: Terminal): void {
  const groups = program.command('groups').description('images of the same part: they stay in one split')

  groups
    .command('list <project>', { isDefault: true })
    .description('the groups that were found, the largest first')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, (client) => tellGroups(client, terminal)),
    )
  groups
    .command('find <project>')
    .description('compare all images; an import does so by itself. What is left out is as in the last search')
    .option('--threshold <correlation>', 'from which correlation on two pictures show the same part', threshold)
    .option('--hint <pattern>', 'regular expression for paths: one part where its parenthesis matches the same text')
    .option(
      '--numbers <within>',
      'one part where numbers in the names of a folder’s files follow within so much',
      wholeNumber,
    )
    .option('--no-names', 'forget the hint of the last search')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, options: FindOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const hint = hintOf(options)
        await client.perform('groups.find', {
          ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
          ...(hint === undefined ? {} : { hint }),
        })
        await tellGroups(client, terminal)
      }),
    )
  groups
    .command('uncross <project>')
    .description('put groups that lie in several splits into one, also where splits came with the images')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        await client.request('groups.uncross', {})
        await tellGroups(client, terminal)
      }),
    )
  for (const [name, description] of [
    ['join', 'these images show one part, whatever a search says'],
    ['split', 'these images show another part than the rest of their group'],
  ] as const)
    groups
      .command(`${name} <project> <images...>`)
      .description(`${description}; images by their ids, as groups and images list them`)
      .requiredOption('--by <name>', 'who says so')
      .option('--json', 'one JSON document on stdout')
      .action((project: string, images: readonly string[], { by }: { readonly by: string }) =>
        withProject({ terminal, folder: resolve(project) }, async (client) => {
          const ids = images.map((id) => wholeNumber(id) as ImageId)
          const outcome = await client.request(`groups.${name}`, { ids, by })
          // Locked, they stay where they are, whatever is said about them.
          const crossing = (await listGroups(client, 'crosses-splits')).filter(({ members }) =>
            members.some(({ id }) => ids.includes(id)),
          )
          const [value, lines] = describeOutcome(outcome, { crossing: crossing.map(crossingOf) })
          const { split } = await client.request('dataset.summary', {})
          terminal.result(value, [...lines, ...crossingLines(crossing, { isLocked: split.lockedAt !== null })])
        }),
      )
}

/** Undefined where nothing is said of it. */
function hintOf({ hint, numbers, names }: FindOptions): GroupHint | null | undefined {
  if (hint !== undefined) return { kind: 'pattern', pattern: hint }
  if (numbers !== undefined) return { kind: 'numbers', within: numbers }
  return names === false ? null : undefined
}

function threshold(value: string): number {
  const parsed = Number(value)
  if (!(parsed >= 0.3 && parsed <= 0.95)) throw new InvalidArgumentError(`“${value}” is not between 0.3 and 0.95.`)
  return parsed
}

async function tellGroups(client: LocalClient, terminal: Terminal): Promise<void> {
  const { classes, groups: state, split } = await client.request('dataset.summary', {})
  const all = await listGroups(client, 'all')
  const crossing = all.filter(({ crossingPairs }) => crossingPairs > 0)
  const { search, unsearched } = state
  terminal.result(
    {
      groups: all.map(({ id, members, splits }) => ({
        id,
        images: members.map(({ id: image, sourcePath, className, split, because, correlation }) => ({
          ...{ id: image, path: sourcePath, class: className, split, because, correlation },
        })),
        classes: classesOf(members),
        splits,
      })),
      pairs: search?.pairs ?? null,
      thresholds: search === null ? null : { correlation: search.threshold, hint: search.hint },
      searched: search === null ? null : { at: search.searchedAt, images: search.images, unread: search.unread },
      unsearched,
      effective: Object.fromEntries(classes.map(({ name, parts }) => [name, parts.all])),
      crossing: crossing.map(crossingOf),
    },
    [
      search === null
        ? 'The images have not been compared yet: `flawsmith groups find`.'
        : `${counted(state.groups, 'group')} among ${counted(search.images, 'image')}: ${counted(search.pairs, 'pair correlates', 'pairs correlate')} by ${search.threshold} and more.`,
      ...(search !== null && search.unread > 0
        ? [`${search.unread} pictures could not be read: see \`flawsmith verify\`.`]
        : []),
      ...(search !== null && unsearched > 0
        ? [
            `${counted(unsearched, 'image came', 'images came')} later and ${unsearched === 1 ? 'has' : 'have'} not been compared.`,
          ]
        : []),
      ...formatTable([
        ['class', 'images', 'parts'],
        ...classes.map(({ name, images, parts }) => [name, String(images), String(parts.all)]),
      ]),
      ...all
        .slice(0, groupsShown)
        .map(
          ({ id, members }) =>
            `group ${id}: ${members.map(({ className, sourcePath }) => `${className}: ${sourcePath}`).join(' · ')}`,
        ),
      ...(all.length > groupsShown ? [`… and ${all.length - groupsShown} more (--json lists all)`] : []),
      ...crossingLines(crossing, { isLocked: split.lockedAt !== null }),
    ],
  )
}

const classesOf = (members: readonly GroupMember[]): readonly string[] => [
  ...new Set(members.map(({ className }) => className)),
]
