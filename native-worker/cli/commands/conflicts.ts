import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { LabelConflict } from '../../../contract/label-conflicts.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImageId } from '../../../contract/ids.ts'
import { counted } from '../counted.ts'
import { wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { undividedSentence } from '../undivided-images.ts'
import { withProject } from '../with-client.ts'

interface SettleOptions {
  readonly by: string
  readonly class?: string
  readonly exclude?: boolean
}

/** `conflicts list|settle`: the same file in the folders of several classes. */
export function addConflictsCommand(program: Command, terminal: Terminal): void {
  const conflicts = program
    .command('conflicts')
    .description('images whose very file lies in the folders of several classes')

  conflicts
    .command('list <project>')
    .description('those on which nobody has decided')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        tell(terminal, await client.request('conflicts.list', {}))
      }),
    )
  conflicts
    .command('settle <project> <image>')
    .description('say which class an image is; images are named by id')
    .option('--class <class>', 'the class it belongs to')
    .option('--exclude', 'none: the image stays out')
    .requiredOption('--by <name>', 'who says so')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, image: string, { by, class: className, exclude = false }: SettleOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        if ((className === undefined) !== exclude)
          throw new FlawsmithError('invalid_request', 'Say either --class <class> or --exclude.', {})
        const imageId = wholeNumber(image) as ImageId
        const left = await client.request('conflicts.settle', { imageId, className: className ?? null, by })
        const { split } = await client.request('dataset.summary', {})
        tell(terminal, left, { undivided: split.lockedAt === null ? 0 : split.undivided })
      }),
    )
}

const tell = (
  terminal: Terminal,
  conflicts: readonly LabelConflict[],
  more: { readonly undivided?: number } = {},
): void => {
  terminal.result({ conflicts, ...more }, [
    `${counted(conflicts.length, 'image')} whose file lies in the folders of several classes`,
    ...formatTable(
      conflicts.flatMap(({ imageId, className, path, state, claims }) => [
        [String(imageId), className, state, path],
        ...claims.map((claim) => ['', claim.className, '', claim.path]),
      ]),
    ),
    ...undividedSentence(more.undivided ?? 0),
  ])
}
