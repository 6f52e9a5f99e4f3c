import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ExportLayout, ExportOutcome, ExportPictures, ExportTarget } from '../../../contract/export.ts'
import { ExportLayout as exportLayouts, ExportPictures as exportPictures } from '../../../contract/export.ts'
import { counted } from '../counted.ts'
import { usualTarget } from '../../../contract/uplift.ts'
import type { UpliftState } from '../../../contract/uplift.ts'
import { changesInWords } from '../../project/uplift/changes-in-words.ts'
import { verdictCaveats } from '../../project/uplift/verdict-caveats.ts'
import { verdictSentence } from '../../project/uplift/verdict-sentence.ts'
import { withProject } from '../with-client.ts'
import { exportTarget, folderName } from '../parse-options.ts'
import { countCrossing, crossingSentence } from '../crossing-groups.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

interface ExportOptions {
  readonly out: string
  readonly layout: ExportLayout
  readonly target?: ExportTarget
  readonly byRecommendation?: boolean
  readonly pretraining?: boolean
  readonly pictures: ExportPictures
}

export function addExportCommand(program: Command, terminal: Terminal): void {
  program
    .command('export <project>')
    .description('write balanced class folders with manifest and checksums; the folder must not exist yet')
    .requiredOption('--out <folder>', 'the new folder', folderName)
    .addOption(new Option('--layout <layout>', 'folder layout').choices(exportLayouts.options).default('imagefolder'))
    .option(
      '--target <max|none|number>',
      'images a class trains on: as many as the largest class, or a number; none takes no synthetic image. If left out, as --by-recommendation, or max where there is no verdict on the project as it is',
      exportTarget,
    )
    .addOption(
      new Option(
        '--by-recommendation',
        'the samples, and as many of them, as were measured to be best (flawsmith uplift)',
      ).conflicts('target'),
    )
    .option(
      '--pretraining',
      'with the painted defects that were measured to help as pretraining, in a folder of their own',
    )
    .addOption(
      new Option('--pictures <size>', 'real images at the size of the project, or as they were imported')
        .choices(exportPictures.options)
        .default('project'),
    )
    .option('--json', 'one JSON document on stdout')
    .action(
      (project: string, { out, layout, target: wanted, byRecommendation, pretraining, pictures }: ExportOptions) =>
        withProject({ terminal, folder: resolve(project) }, async (client) => {
          const state = await client.request('uplift.state', {})
          const target = byRecommendation === true ? 'recommended' : (wanted ?? usualTarget(state))
          terminal.log(describeRecommendation(state))
          const result = await client.perform('exports.run', {
            folder: resolve(out),
            layout,
            target,
            pictures,
            ...(pretraining === true ? { pretraining } : {}),
          })
          const crossing = await countCrossing(client)
          const { classes, changedNames, unfinishedBeside, isRecorded, absent, missing, otherSize, undivided } = result
          if (!isRecorded)
            terminal.log(
              'This export is not on record in the project: its disk takes nothing. The export itself is whole.',
            )
          for (const left of unfinishedBeside)
            terminal.log(`${left} is an export that was not finished. Delete it if no other machine is writing it.`)
          const written = {
            out: result.out,
            classes,
            changedNames,
            absent,
            missing,
            otherSize,
            undivided,
            crossing,
            isRecorded,
            followed: result.followed,
            pretraining: result.pretraining,
          }
          terminal.result(written, [
            `Wrote ${counted(result.files, 'image')} to ${result.out}`,
            describeFollowed(result),
            ...(result.pretraining === 0
              ? []
              : [
                  `pretraining: ${counted(result.pretraining, 'picture')} with painted defects; its README.txt says how it was used`,
                ]),
            ...(result.followed?.way?.painted === true && result.pretraining === 0
              ? ['It was measured with a classifier pretrained on painted defects: --pretraining exports these, too.']
              : []),
            ...formatTable([
              ['class', 'real', 'synthetic'],
              ...Object.entries(classes).map(([name, { real, synthetic }]) => [name, String(real), String(synthetic)]),
            ]),
            ...absent.map(({ name, splits }) => `${name}: no image in ${splits.join(', ')}`),
            ...missing.map(
              ({ name, trains, target: wanted, missing: more }) =>
                `${name} trains on ${trains} of ${wanted}: ${counted(more, 'more accepted sample is', 'more accepted samples are')} wanted`,
            ),
            ...(otherSize === 0
              ? []
              : [`${counted(otherSize, 'accepted sample')} left out: drawn by a run that learned at another size`]),
            ...(undivided === 0
              ? []
              : [
                  `${counted(undivided, 'image')} left out: no split holds ${undivided === 1 ? 'it' : 'them'} before a comparison with the others (\`flawsmith groups find\`)`,
                ]),
            ...crossingSentence(crossing),
            ...(changedNames.length === 0 ? [] : ['Folders that could not be called as their class:']),
            ...changedNames.map(({ name, folder }) => `  ${name} → ${folder}`),
          ])
        }),
    )
}

function describeFollowed({ followed, classes, missing }: ExportOutcome): string {
  if (followed === null) return 'The number of synthetic images does not follow a measurement.'
  const { way, asMeasured } = followed
  if (way === null || way.source === null) return 'By recommendation: no synthetic images.'
  const synthetic = Object.values(classes).reduce((sum, each) => sum + each.synthetic, 0)
  const lacking = missing.reduce((sum, each) => sum + each.missing, 0)
  return `By recommendation: ${counted(synthetic, 'accepted sample')} of ${way.source} at dose ${way.dose}, ${asMeasured} of which it was measured with${lacking === 0 ? '' : `; it was measured with ${lacking} more`}${way.mix === 'first' ? '. Learn from them in the first 60 % of the updates only' : ''}`
}

function describeRecommendation({ result, changed }: UpliftState): string {
  if (result === null)
    return 'Not measured yet whether synthetic images help here: “flawsmith uplift --quick” takes 5 minutes at most.'
  if (changed.length > 0)
    return `The verdict is outdated. ${changesInWords(changed, 'en')} It is not applied; measure again with “flawsmith uplift”.`
  return [verdictSentence(result, 'en'), ...verdictCaveats(result, 'en')].join(' ')
}
