import { randomInt } from 'node:crypto'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { DatasetSummary } from '../../../contract/dataset.ts'
import { Split } from '../../../contract/splits.ts'
import type { LocalClient } from '../../service/ports/local-client.ts'
import { counted } from '../counted.ts'
import { crossingLines, crossingOf, listGroups } from '../crossing-groups.ts'
import { share, wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { undividedSentence } from '../undivided-images.ts'
import { withProject } from '../with-client.ts'

interface DrawOptions {
  readonly val?: number
  readonly test?: number
  readonly seed?: number
}

/** `splits show|draw|lock`: which images train, which choose and which judge. */
export function addSplitsCommand(program: Command, terminal: Terminal): void {
  const splits = program
    .command('splits')
    .description('which images train, which are for validation and which for the test')

  splits
    .command('show <project>')
    .description('images of each class by split, and whether that may still change')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        await tell(client, { terminal, summary: await client.request('dataset.summary', {}) })
      }),
    )
  splits
    .command('draw <project>')
    .description('divide the images anew; those whose split came with them keep it')
    .option('--val <share>', 'share of the real images for validation', share)
    .option('--test <share>', 'share of the real images for the test', share)
    .option('--seed <number>', 'another draw; the same number draws the same', wholeNumber)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { val, test, seed }: DrawOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const { split } = await client.request('dataset.summary', {})
        const shares = { val: val ?? split.shares.val, test: test ?? split.shares.test }
        // Asked for nothing else, another draw is what is wanted.
        const again = val === undefined && test === undefined ? randomInt(2 ** 31) : split.seed
        const summary = await client.request('dataset.drawSplits', { shares, seed: seed ?? again })
        await tell(client, { terminal, summary, ahead: drawnLines(summary) })
      }),
    )
  splits
    .command('lock <project>')
    .description('fix the splits for good; the first training does it by itself')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        await tell(client, { terminal, summary: await client.request('dataset.lockSplits', {}) })
      }),
    )
}

/** What a draw could do where splits came with images: those are kept. */
function drawnLines({ classes, split: { given } }: DatasetSummary): readonly string[] {
  const divided = classes.reduce((sum, { splits: { train, val, test } }) => sum + train + val + test, 0)
  const drawn = Math.max(0, divided - given)
  if (given === 0) return [`Drawn: ${counted(drawn, 'image')}`]
  return [
    `${drawn === 0 ? 'Nothing was drawn' : `Drawn: ${counted(drawn, 'image')}`}: ${counted(given, 'image keeps the split that it came with', 'images keep the split that they came with')}`,
  ]
}

/** What cannot be done with a class that has no image in a split. */
const without: Readonly<Record<Split, string>> = {
  train: 'to learn from',
  val: 'to choose by',
  test: 'to test with',
}

async function tell(
  client: LocalClient,
  {
    terminal,
    summary,
    ahead = [],
  }: { readonly terminal: Terminal; readonly summary: DatasetSummary; readonly ahead?: readonly string[] },
): Promise<void> {
  const { classes, split, groups } = summary
  const { shares, seed, lockedAt, lockedByRun, given, undivided } = split
  const crossing = groups.crossing === 0 ? [] : await listGroups(client, 'crosses-splits')
  const bySplit = Object.fromEntries(classes.map(({ name, splits }) => [name, splits]))
  const effective = Object.fromEntries(classes.map(({ name, parts }) => [name, parts]))
  terminal.result(
    {
      ...{ classes: bySplit, effective, shares, seed, lockedAt, lockedByRun, given, undivided },
      crossing: crossing.map(crossingOf),
    },
    [
      ...ahead,
      ...formatTable([
        ['class', 'train', 'val', 'test', 'parts'],
        ...classes.map(({ name, splits: { train, val, test }, parts }) => [
          ...[name, String(train), String(val), String(test), String(parts.all)],
        ]),
      ]),
      ...classes.flatMap(({ name, images, splits }) => {
        const lacks = Split.options.filter((split) => splits[split] === 0).map((split) => without[split])
        return images === 0 || lacks.length === 0
          ? []
          : [`${name}: ${counted(images, 'image')}, none ${lacks.join(', none ')}`]
      }),
      ...crossingLines(crossing, { isLocked: lockedAt !== null }),
      ...undividedSentence(undivided),
      lockedAt === null
        ? 'Not locked: the first training or evaluation locks them.'
        : `Locked since ${lockedAt}${lockedByRun === null ? '' : ` by run ${lockedByRun}`}.`,
    ],
  )
}
