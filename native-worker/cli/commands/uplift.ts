import { resolve } from 'node:path'
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import { EngineName as engineNames } from '../../../contract/engines.ts'
import type { EngineName } from '../../../contract/engines.ts'
import type { UpliftResult, UpliftState } from '../../../contract/uplift.ts'
import { signed, toldFinding } from '../../../contract/uplift-verdict.ts'
import { changesInWords } from '../../project/uplift/changes-in-words.ts'
import { verdictCaveats } from '../../project/uplift/verdict-caveats.ts'
import { armTitle, verdictSentence } from '../../project/uplift/verdict-sentence.ts'
import { counted } from '../counted.ts'
import { wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

interface UpliftOptions {
  readonly quick?: boolean
  readonly show?: boolean
  readonly arms?: readonly string[]
  readonly doses?: readonly number[]
  readonly seeds?: number
  readonly minutes?: number
  readonly engine?: EngineName
}

/** `uplift`: whether anything synthetic helps, measured on the locked test images of this project. */
export function addUpliftCommand(program: Command, terminal: Terminal): void {
  program
    .command('uplift <project>')
    .description('whether synthetic images help on the locked test images, and which way of balancing is best')
    .option('--quick', 'at most 5 minutes instead of 45: a smaller network, fewer seeds and ways')
    .option(
      '--minutes <number>',
      'it may take so long instead; with more, trainings need not be cut short',
      wholeNumber,
    )
    .option('--show', 'the last verdict; nothing is measured')
    .option(
      '--arms <arms>',
      'only these ways, such as transplant,painted+transplant; transplant-raw for all that nobody rejected',
      names,
    )
    .option('--doses <doses>', 'times what a class lacks, such as 0.5,1; a single one is measured as it is', doses)
    .option('--seeds <number>', 'paired repeats; fewer than 5 (8 without --quick) are no verdict', wholeNumber)
    .addOption(new Option('--engine <engine>', 'the fastest correct one if left out').choices(engineNames.options))
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { quick, show, arms, doses: wanted, seeds, minutes, engine }: UpliftOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        if (show === true) {
          const state = await client.request('uplift.state', {})
          const { result: last, changed } = state
          terminal.result({ ...last, isStale: changed.length > 0, changed }, describeState(state))
          return
        }
        const result = await client.perform('uplift.measure', {
          mode: quick === true ? 'quick' : 'full',
          ...(arms === undefined ? {} : { arms: [...arms] }),
          ...(wanted === undefined ? {} : { doses: [...wanted] }),
          ...(seeds === undefined ? {} : { seeds }),
          ...(minutes === undefined ? {} : { minutes }),
          ...(engine === undefined ? {} : { engine }),
        })
        terminal.result(result, describeResult(result))
      }),
    )
}

const describeState = ({ result, changed, unfinished }: UpliftState): readonly string[] => [
  ...(result === null
    ? ['Not measured yet: flawsmith uplift --quick takes 5 minutes at most.']
    : describeResult(result)),
  ...(changed.length === 0 ? [] : [`${changesInWords(changed, 'en')} Measure again.`]),
  ...(unfinished === null
    ? []
    : [`A measurement was cut off after ${unfinished.cells} trainings; started again it goes on.`]),
]

function describeResult(result: UpliftResult): readonly string[] {
  const { reference, arms, verdict, absent, updates, seeds, mode, edge, ways, foremost } = result
  const first = arms.find(({ arm }) => arm === foremost)
  return [
    verdictSentence(result, 'en'),
    ...verdictCaveats(result, 'en'),
    `Reference: real images, balanced sampling, augmentation: macro-F1 ${reference.macroF1.toFixed(1)} ± ${reference.deviation.toFixed(1)} after ${reference.updates} updates`,
    ...(verdict.nearCeiling ? ['The reference is near its ceiling: there is little to gain.'] : []),
    ...formatTable([
      ['way', 'dose', 'macro-F1', 'difference', '95 % interval', 'finding', 'loses'],
      ...arms.map((arm) => [
        ...[armTitle(arm, 'en'), arm.source === null ? '' : `${arm.dose} ${arm.mix}`, arm.macroF1.toFixed(1)],
        ...[
          signed(arm.delta),
          `${signed(arm.low)} to ${signed(arm.high)}`,
          findings[toldFinding(arm)],
          arm.losers.join(', '),
        ],
      ]),
    ]),
    ...formatTable([
      ['class', 'train', 'test', 'recall', 'difference', '95 % interval', 'finding'],
      ...verdict.perClass.map(({ name, nTest, referenceRecall, delta, low, high, ...told }, label) => [
        ...[
          name,
          String(result.classes[label]?.train ?? 0),
          String(nTest),
          referenceRecall?.toFixed(1) ?? 'no test image',
        ],
        ...(delta === null || low === null || high === null
          ? []
          : [signed(delta), `${signed(low)} to ${signed(high)}`, findings[toldFinding(told)]]),
      ]),
    ]),
    ...(verdict.unjudged.length === 0
      ? []
      : [`Cannot be judged, for want of test images: ${verdict.unjudged.join(', ')}`]),
    ...(arms.some(({ source }) => source !== null)
      ? [
          'Gated: what passed the gate or was accepted by a person. Ungated: all that was drawn and that nobody rejected.',
        ]
      : []),
    ...(first === undefined || (ways ?? 1) < 2
      ? []
      : [
          `Foremost on the validation images, before a test image was seen: ${armTitle(first, 'en')}. Half of the 5 % that the intervals may miss is its own.`,
        ]),
    ...absent.map(({ arm, why }) => `${arm}: ${absences[why]}`),
    `${mode}: ${counted(seeds.length, 'seed')}, ${updates} updates each, images at ${edge} px; ${ways === undefined ? 'each interval holds for its way alone' : `intervals hold for ${counted(ways, 'way')} at once`}`,
  ]
}

const findings: Readonly<Record<ReturnType<typeof toldFinding>, string>> = {
  helps: 'helps',
  noEvidence: 'no evidence',
  tooNoisy: 'too noisy to tell',
  hurts: 'hurts',
  notMeasured: 'not measured',
}

const absences: Readonly<Record<UpliftResult['absent'][number]['why'], string>> = {
  noAcceptedSamples: 'nobody has drawn a sample of the size of the project, or all were rejected',
  notGated: 'none of its samples passed the gate or was accepted (flawsmith score, flawsmith review)',
  ungated: 'its samples as they were drawn are measured without pretraining; --arms measures this as well',
  nothingToBalance: 'the classes that have samples lack nothing',
  noClassFreeOfDefects: 'no class is declared free of defects (flawsmith marks free)',
  tooSmallToPaint: 'defects cannot be painted on pictures under 16 pixels',
  quick: 'left out by --quick',
  notAsked: 'not asked for',
}

const names = (value: string): readonly string[] => value.split(',').map((name) => name.trim())

function doses(value: string): readonly number[] {
  const parsed = value.split(',').map(Number)
  if (parsed.every((dose) => Number.isFinite(dose) && dose >= 0 && dose <= 10)) return parsed
  throw new InvalidArgumentError(`“${value}” is no list of numbers from 0 to 10.`)
}
