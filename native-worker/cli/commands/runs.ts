import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { RunId } from '../../../contract/ids.ts'
import type { RunOrigin } from '../../../contract/run-origin.ts'
import { judgeRun } from '../../../contract/run-verdict.ts'
import type { CheckpointSummary, Metric, Rollback, RunSummary } from '../../../contract/training.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import { counted } from '../counted.ts'
import { describeSeconds, describeSteps } from '../describe-steps.ts'
import { describeVerdict } from '../describe-verdict.ts'
import { withClient, withProject } from '../with-client.ts'
import { wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

export function addRunsCommand(program: Command, terminal: Terminal): void {
  const runs = program.command('runs').description('the runs of a project')
  runs
    .command('list <project>', { isDefault: true })
    .description('all runs, newest first')
    .option('--json', 'one JSON document on stdout')
    .action((project: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const all = await client.request('runs.list', {})
        terminal.result(
          all,
          formatTable([['run', 'recipe', 'class', 'status', 'step', 'seconds', 'engine'], ...all.map(runRow)]),
        )
      }),
    )
  runs
    .command('show <project> <run>')
    .description('everything recorded about a run: parameters, versions, metrics')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, run: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const runId = wholeNumber(run) as RunId
        const details = await client.request('runs.show', { runId })
        const metrics = await client.request('runs.metrics', { runId })
        const checkpoints = await client.request('runs.checkpoints', { runId })
        const verdict = findRecipe(details.recipe).trains ? judgeRun(metrics, details) : null
        terminal.result({ ...details, verdict, metrics, checkpoints }, [
          ...formatTable([['run', 'recipe', 'class', 'status', 'step', 'seconds', 'engine'], runRow(details)]),
          `seed ${details.seed} · ${counted(details.datasetSize, 'image')} of ${details.classNames.join(', ')}`,
          ...(details.excludedSince === 0 ? [] : [`${details.excludedSince} of these images were excluded since`]),
          `checkpoints at ${checkpoints.map(checkpointWord).join(', ') || 'none'}`,
          ...describeOrigin(details.origin),
          ...(details.note === '' ? [] : [details.note]),
          `parameters ${JSON.stringify(details.parameters)}`,
          `versions ${JSON.stringify(details.versions)}`,
          ...(verdict === null ? [] : describeVerdict(verdict)),
          ...details.lastMetrics.map(metricLine),
          ...details.rollbacks.map(rollbackLine),
          ...(details.message === null ? [] : [details.message]),
        ])
      }),
    )
  for (const { name, start, description } of decisions) {
    runs
      .command(`${name} <project>`)
      .description(description)
      .option('--json', 'one JSON document on stdout')
      .action((project: string) =>
        withClient(terminal, async (client) => {
          await client.request('projects.open', { folder: resolve(project) })
          const { runs: held } = await client.request('projects.heldRuns', {})
          const after = await client.request('projects.decideHeldRuns', { start })
          const which = held.length === 0 ? 'No run waits' : `Runs ${held.join(', ')} ${start ? 'may start' : 'stay'}`
          terminal.result(after, [`${which} in ${project}.`])
        }),
      )
  }
  program
    .command('snapshots <project> <run>')
    .description('the sample sheets a run drew from its fixed latents')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, run: string) =>
      withProject({ terminal, folder: resolve(project) }, async (client) => {
        const found = await client.request('runs.snapshots', { runId: wholeNumber(run) as RunId })
        terminal.result(
          found,
          formatTable([['step', 'sheet'], ...found.map(({ step, sheet }) => [String(step), sheet])]),
        )
      }),
    )
}

/** On runs that waited in a project when it came to this machine. */
const decisions = [
  { name: 'allow', start: true, description: 'let runs start that waited in a project when it came to this machine' },
  { name: 'leave', start: false, description: 'leave them waiting until each is told to train' },
]

const checkpointWord = ({ step, pinned, best }: CheckpointSummary): string => {
  const marks = [...(best ? ['best'] : []), ...(pinned ? ['pinned'] : [])]
  return marks.length === 0 ? String(step) : `${step} (${marks.join(', ')})`
}

const describeOrigin = (origin: RunOrigin | null): readonly string[] => {
  if (origin === null) return []
  const { project, run, recipe, edition, size, step, sha256 } = origin
  return [
    `started from run ${run} of “${project}” (${recipe}, edition ${edition}, ${size} px, step ${step}, ${sha256})`,
  ]
}

const metricLine = ({ name, className, value }: Metric): string =>
  `${name}${className === null ? '' : ` of ${className}`} ${value}`

const rollbackLine = ({ step, toStep, quantity, value }: Rollback): string =>
  `left the rails at step ${step}${quantity === null ? '' : ` (${quantity} was ${value ?? 'no finite number'})`}, went back to step ${toStep}`

const runRow = (run: RunSummary): readonly string[] => [
  String(run.id),
  run.recipe,
  run.className ?? '(all)',
  run.waitsFor === null ? run.status : `${run.status} (${run.waitsFor})`,
  describeSteps(run),
  describeSeconds(run),
  run.engine,
]
