import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { RunId } from '../../../contract/ids.ts'
import type { ClassGate, GateLimit, GateState } from '../../../contract/scores.ts'
import type { LocalClient } from '../../service/ports/local-client.ts'
import { withProject } from '../with-client.ts'
import { share, wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

interface ScoreOptions {
  readonly run?: number
  readonly copy?: number
  readonly tooFar?: number
  readonly disagreement?: number
}

export function addScoreCommand(program: Command, terminal: Terminal): void {
  program
    .command('score <project>')
    .description('compare candidates with the real images of the train split and quarantine copies and what is too far')
    .option('--run <run>', 'only candidates of this run', wholeNumber)
    .option('--copy <share>', 'share of real images that the limit of copies may be wrong about; 0 turns it off', share)
    .option('--too-far <share>', 'the same for what is too far', share)
    .option('--disagreement <share>', 'the same for what the class networks call otherwise', share)
    .option('--json', 'one JSON document on stdout')
    .action((project: string, { run, ...wanted }: ScoreOptions) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        if (Object.keys(wanted).some((name) => name in { copy: 0, tooFar: 0, disagreement: 0 })) {
          const { shares } = await client.request('scores.gate', {})
          const { copy = shares.copy, tooFar = shares.tooFar, disagreement = shares.disagreement } = wanted
          await client.request('scores.setGate', { shares: { copy, tooFar, disagreement } })
        }
        if (!(await hasCandidates(client, run))) {
          terminal.result({ scored: 0, featuresComputed: 0, gate: await client.request('scores.gate', {}) }, [
            `${run === undefined ? 'The project' : `Run ${run}`} has no candidates to score: generate some first (flawsmith generate).`,
          ])
          return
        }
        const outcome = await client.perform('scores.compute', run === undefined ? {} : { runId: run as RunId })
        terminal.result(outcome, [
          `Scored ${outcome.scored} candidates; features of ${outcome.featuresComputed} pictures were new`,
          ...describeGate(outcome.gate),
        ])
      }),
    )
}

/** Without one, the class networks would learn for nothing. */
async function hasCandidates(client: LocalClient, run: number | undefined): Promise<boolean> {
  const { items } = await client.request('samples.list', {
    ...(run === undefined ? {} : { runId: run as RunId }),
    ...{ offset: 0, limit: 1 },
  })
  return items.length > 0
}

export function describeGate({ classes, differences, reference }: GateState): readonly string[] {
  const accuracy = reference?.accuracy ?? null
  return [
    accuracy === null
      ? 'The class networks could not be checked'
      : `The class networks name ${percent(accuracy)} of the train images they have not seen right (n = ${reference?.train ?? 0})`,
    ...formatTable([
      [
        'class',
        'open',
        'quarantined',
        'copy',
        'too far',
        'named otherwise',
        'held-out real ones flagged',
        'limits from',
      ],
      ...classes.map((each) => [
        each.className,
        ...[each.open, each.flagged - each.released, each.byReason.copy, each.byReason.too_far].map(String),
        `${each.byReason.class_disagrees}`,
        describeHeldOut(each),
        describeSource(each),
      ]),
    ]),
    ...differences.map(({ runId, classId, auc, floor, real, synthetic }) => {
      const name = classes.find((each) => each.classId === classId)?.className ?? `class ${classId}`
      return auc === null
        ? `Run ${runId}, ${name}: how far it can be told from real images was not measured (n = ${Math.min(real, synthetic)}, 30 needed)`
        : `Run ${runId}, ${name}: told from real images with an area under the curve of ${auc.toFixed(2)}; halves of the real ones: ${floor === null ? 'not measured' : `up to ${floor.toFixed(2)}`} (n = ${Math.min(real, synthetic)})`
    }),
  ]
}

const percent = (share: number): string => `${Math.round(100 * share)} %`

function describeHeldOut({ heldOut: { images, flagged, source } }: ClassGate): string {
  if (images === 0) return 'not measured'
  return `${flagged} of ${images} (${source === 'val' ? 'validation' : 'train, by folds'})`
}

function describeSource({ limits, real }: ClassGate): string {
  const limit: GateLimit = limits.copyImage.kind === 'off' ? limits.farRandom : limits.copyImage
  if (limit.kind === 'off') return 'off'
  if (limit.kind === 'notMeaningful') return `not meaningful at n = ${limit.images}`
  return limit.from === 'class' ? `the class, n = ${limit.images}` : `all classes, n = ${limit.images} (class: ${real})`
}
