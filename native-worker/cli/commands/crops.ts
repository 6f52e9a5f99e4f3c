import { resolve } from 'node:path'
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { SkippedFile } from '../../../contract/dataset.ts'
import type { PatchMargin, PatchOptions } from '../../../contract/large-frames.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { counted } from '../counted.ts'
import { wholeNumber } from '../parse-options.ts'
import { skipWords } from '../reason-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

interface CropsOptions {
  readonly boxes?: string
  readonly masks?: string
  readonly class?: string
  readonly join: number
  readonly margin: PatchMargin
  readonly jitter: number
  readonly size?: number
  readonly good?: number
  readonly goodClass?: string
  readonly by: string
  readonly seed: number
}

const skippedShown = 20

/** `crops <project> <folder>`: patches of the project's size out of large frames. */
export function addCropsCommand(program: Command, terminal: Terminal): void {
  program
    .command('crops <project> <folder>')
    .description('cut patches out of large frames: around boxes, and where there are none')
    .option('--boxes <path>', 'boxes of COCO, YOLO or Pascal VOC, a file or a folder')
    .option('--masks <folder>', 'boxes around the connected parts of masks with the same names as the frames')
    .option('--class <name>', 'class of boxes whose class no folder says')
    .option(
      '--join <pixels>',
      'parts of a mask with at most so many pixels between them are one defect',
      wholeNumber,
      8,
    )
    .addOption(
      new Option('--margin <margin>', 'left around a box: a share of its longer edge (0.25) or pixels (16px)')
        .argParser(margin)
        .default(margin('0.25'), '0.25'),
    )
    .option('--jitter <copies>', 'patches of each box, the first centred, the others shifted', wholeNumber, 1)
    .option(
      '--size <pixels>',
      "fewest pixels of the frame per edge of a patch; the project's size if left out",
      wholeNumber,
    )
    .option('--good <count>', 'patches of each frame that touch no box', wholeNumber)
    .option('--good-class <name>', 'the class they are put into')
    .option('--by <name>', 'whose marks the boxes become', 'command line')
    .option('--seed <number>', 'another draw of what is shifted and where nothing is', wholeNumber, 1)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, folder: string, options: CropsOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const current = await client.request('projects.current', {})
        const masks = options.masks === undefined ? undefined : resolve(options.masks)
        const added = await client.perform('frames.add', {
          folder: resolve(folder),
          ...(masks === undefined ? {} : { except: masks }),
        })
        if (added.frames.length === 0) throw nothingUsable(folder, added.skipped)
        const fromFiles =
          options.boxes === undefined
            ? null
            : await client.perform('frames.importBoxes', {
                folder: resolve(options.boxes),
                frames: [...added.frames],
                ...(options.class === undefined ? {} : { className: options.class }),
              })
        const boxes =
          masks === undefined
            ? null
            : await client.perform('frames.importMasks', {
                folder: masks,
                frames: [...added.frames],
                joinWithin: options.join,
                ...(options.class === undefined ? {} : { className: options.class }),
              })
        const report = await client.perform('frames.cut', {
          frames: [...added.frames],
          options: patchOptions(options, current?.size ?? 64),
          by: options.by,
        })
        const skipped = [...added.skipped, ...(fromFiles?.skipped ?? []), ...(boxes?.skipped ?? []), ...report.skipped]
        const { classes, ...figures } = report
        const unmatched = (fromFiles?.unmatched ?? 0) + (boxes?.unmatched ?? 0)
        terminal.result({ ...figures, unmatched, skipped, classes }, [
          `Cut ${counted(report.patches, 'patch', 'patches')} out of ${counted(report.frames, 'frame')}: ${report.patches - report.good} around ${counted(report.boxes, 'box', 'boxes')}, ${report.good} without a box`,
          `${counted(report.duplicates, 'patch was', 'patches were')} there already, ${counted(skipped.length, 'file')} skipped`,
          ...(report.excluded > 0
            ? [
                `${counted(report.excluded, 'patch stays', 'patches stay')} excluded, as a person said; \`flawsmith images restore\` brings ${report.excluded === 1 ? 'it' : 'them'} back`,
              ]
            : []),
          ...(unmatched > 0
            ? [`${counted(unmatched, 'mask or entry names', 'masks or entries name')} no frame that is here`]
            : []),
          ...(report.mixed > 0
            ? [`${counted(report.mixed, 'patch shows', 'patches show')} a part of a box of another class, too`]
            : []),
          ...skipped
            .slice(0, skippedShown)
            .map(({ path, reason, detail }) => `  ${path}: ${skipWords[reason].toLowerCase()} (${detail})`),
          ...(skipped.length > skippedShown
            ? [`  … and ${skipped.length - skippedShown} more (--json lists all)`]
            : []),
          ...formatTable(Object.entries(classes).map(([name, count]) => [name, String(count)])),
        ])
      }),
    )
}

function patchOptions(options: CropsOptions, projectSize: number): PatchOptions {
  const { good, goodClass } = options
  if ((good === undefined) !== (goodClass === undefined))
    throw new FlawsmithError(
      'invalid_request',
      'Patches without a box need both --good (how many of each frame) and --good-class (the class they are put into).',
    )
  return {
    margin: options.margin,
    copies: options.jitter,
    side: options.size ?? projectSize,
    seed: options.seed,
    good: good === undefined || goodClass === undefined ? null : { perFrame: good, className: goodClass },
  }
}

/** "0.25" or "16px". */
function margin(value: string): PatchMargin {
  const pixels = /^(\d+)px$/.exec(value)
  if (pixels !== null) return { unit: 'pixels', value: Number(pixels[1]) }
  const share = Number(value)
  if (Number.isFinite(share) && share >= 0 && share <= 10) return { unit: 'share', value: share }
  throw new InvalidArgumentError(`“${value}” is neither a share such as 0.25 nor pixels such as 16px.`)
}

function nothingUsable(folder: string, skipped: readonly SkippedFile[]): FlawsmithError {
  const [first] = skipped
  return new FlawsmithError(
    'no_images_imported',
    `None of the ${skipped.length} pictures in ${folder} can be read; the first: ${first === undefined ? '' : `${first.path} (${skipWords[first.reason]}, ${first.detail})`}. Choose a folder with readable pictures.`,
    { folder, skipped: skipped.length },
  )
}
