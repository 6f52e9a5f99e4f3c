import type { UpliftArm, UpliftResult } from '../../../../contract/uplift.ts'
import { verdictCaveats } from '../../../../native-worker/project/uplift/verdict-caveats.ts'
import { armTitle, verdictSentence } from '../../../../native-worker/project/uplift/verdict-sentence.ts'
import { signed } from '../../../../contract/uplift-verdict.ts'
import { renewMeasured } from '../renew-measured.ts'
import type { UpliftSetPlan } from './uplift-sets.ts'

const begin = '<!-- measured: written by tests/bench/study/uplift/uplift.bench.ts -->'
const end = '<!-- end of measured -->'

export interface StudiedSet {
  readonly plan: UpliftSetPlan
  /** What was drawn, and what the gate left. */
  readonly sources: readonly {
    readonly recipe: string
    readonly minutes: number | null
    readonly drawn: number
    readonly kept: number
  }[]
  readonly result: UpliftResult
}

export const writeUpliftReport = (sets: readonly StudiedSet[], file: string): Promise<void> =>
  renewMeasured(sets.map(describeSet).join('\n\n'), { file, title: 'Does anything synthetic help?', begin, end })

function describeSet({ plan, sources, result }: StudiedSet): string {
  const { reference, classes, arms, verdict, absent, seeds, updates, nTest, nTestGroups } = result
  return [
    `## ${plan.name}`,
    `**${verdictSentence(result, 'en')}**`,
    table(
      ['class', 'train', 'validation', 'test', 'recall of the reference'],
      classes.map(({ name, train, validation, test }, label) => [
        ...[name, train, validation, test].map(String),
        points(reference.recalls[label] ?? null),
      ]),
    ),
    `Reference: macro-F1 ${points(reference.macroF1)} ± ${points(reference.deviation)} (sd over ${seeds.length} seeds), ${reference.updates} updates; ` +
      `${updates} updates: ${points(reference.macroF1AtOnce)}, 2.5 times as many: ${points(reference.macroF1Longer)}. ` +
      `${nTest} test images of ${nTestGroups} parts.` +
      verdictCaveats(result, 'en')
        .map((caveat) => ` ${caveat}`)
        .join('') +
      (verdict.nearCeiling ? ' The reference is near its ceiling: there is little to gain.' : ''),
    `Drawn and kept by the gate: ${sources.map(({ recipe, minutes, drawn, kept }) => `${recipe}${minutes === null ? '' : ` (${minutes} minutes)`} ${kept} of ${drawn}`).join(', ')}.`,
    table(
      [
        'way',
        'dose',
        'macro-F1',
        'difference',
        '95 % interval',
        'finding',
        'false alarms',
        ...classes.map(({ name }) => name),
      ],
      arms.map((arm) => describeArm(arm, reference)),
    ),
    ...(absent.length === 0 ? [] : [`Not measured: ${absent.map(({ arm, why }) => `${arm} (${why})`).join(', ')}.`]),
  ].join('\n\n')
}

const describeArm = (arm: UpliftArm, reference: UpliftResult['reference']): readonly string[] => [
  armTitle(arm, 'en'),
  arm.source === null ? '' : `${arm.dose} ${arm.mix}${arm.preferred ? '' : ' (no gain where it was chosen)'}`,
  points(arm.macroF1),
  signed(arm.delta),
  `${signed(arm.low)} to ${signed(arm.high)}`,
  arm.finding,
  `${points(arm.falseAlarms)} (reference ${points(reference.falseAlarms)})`,
  ...arm.perClass.map(({ delta, low, high }) =>
    delta === null || low === null || high === null
      ? 'no test image'
      : `${signed(delta)} [${signed(low)}, ${signed(high)}]`,
  ),
]

const points = (value: number | null): string => (value === null ? 'not measured' : value.toFixed(1))

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
