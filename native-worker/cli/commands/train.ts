import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { CrossingCount } from '../../../contract/groups.ts'
import type { RunId } from '../../../contract/ids.ts'
import { unmeasuredQuality } from '../../../contract/length-quality.ts'
import { lengthOf, RunPreset } from '../../../contract/run-lengths.ts'
import type { RunVerdict } from '../../../contract/run-verdict.ts'
import { judgeRun } from '../../../contract/run-verdict.ts'
import { noSchedule } from '../../../contract/schedule.ts'
import type { TrainingHours } from '../../../contract/schedule.ts'
import type { RunSummary } from '../../../contract/training.ts'
import { EngineName as engineNames } from '../../../contract/engines.ts'
import { RecipeId as recipeIds } from '../../../contract/training.ts'
import { Split } from '../../../contract/splits.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import type { LocalClient } from '../../service/ports/local-client.ts'
import { watchPowerSource } from '../../service/schedule/power-supply.ts'
import { askedRun, type RunOptions } from '../asked-run.ts'
import { baseOption } from '../base-option.ts'
import { describeSpeeds } from '../describe-speeds.ts'
import { describeVerdict } from '../describe-verdict.ts'
import { withProject } from '../with-client.ts'
import { countCrossing, crossingSentence } from '../crossing-groups.ts'
import { cutOffSentences } from '../cut-off-imports.ts'
import { parameter, positiveNumber, trainingHours, wholeNumber } from '../parse-options.ts'
import { refuseUnlessEndedWell } from '../refuse-unless-ended-well.ts'
import type { Terminal } from '../terminal.ts'

interface TrainOptions extends RunOptions {
  readonly preset?: RunPreset
  readonly steps?: number
  readonly minutes?: number
  readonly seed?: number
  readonly resume?: number
  readonly from?: number
  readonly stopOnPlateau?: boolean
  readonly onlyOnMains?: boolean
  readonly hours?: TrainingHours
  readonly allowWaiting?: boolean
}

export function addTrainCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('train <project>')
    .description('train a recipe, or resume a run; Ctrl-C stops with a last checkpoint')
    .addOption(new Option('--recipe <recipe>', 'what to train; crgan with --preset').choices(recipeIds.options))
    .addOption(
      new Option('--preset <length>', 'how long; says first how many minutes that is on this machine')
        .choices(RunPreset.options)
        .conflicts(['steps', 'minutes', 'resume']),
    )
    .option('--class <class>', 'the class to learn, for recipes that learn one')
    .option('--classes <classes...>', 'only these classes, for recipes that learn several')
    .option('--steps <number>', 'stop at this step', wholeNumber)
    .option('--minutes <number>', 'stop after this time', positiveNumber)
    .option('--stop-on-plateau', 'stop after eight measurements in a row without a gain')
    .option('--seed <number>', 'same seed, same engine: same samples', wholeNumber)
    .addOption(new Option('--engine <engine>', 'the fastest correct one if left out').choices(engineNames.options))
    .option('--param <name=value>', 'a parameter of the recipe; may be repeated', parameter)
    .addOption(baseOption())
    .option('--resume <run>', 'continue this run from its last checkpoint', wholeNumber)
    .option('--from <step>', 'with --resume: continue from the checkpoint at this step', wholeNumber)
    .option('--only-on-mains', 'wait while this machine runs on battery')
    .option('--hours <from-to>', 'train between these times of day only, such as 18:00-06:00', trainingHours)
    .option('--allow-waiting', 'let runs start that waited in the project when it came to this machine')
    .option('--json', 'one JSON document on stdout')
    .action((project: string, given: TrainOptions) => {
      const options = given.preset === undefined ? given : { recipe: 'crgan' as const, ...given }
      const trains = options.recipe === undefined ? null : findRecipe(options.recipe).trains
      const { preset, steps, minutes } = options
      if (trains === true && preset === undefined && steps === undefined && minutes === undefined) {
        command.error('error: say when to stop: --preset <length>, --steps <number> or --minutes <number>', {
          exitCode: 2,
        })
      }
      if (trains === false && preset !== undefined) {
        command.error(`error: ${String(options.recipe)} composes without training: leave --preset out`, { exitCode: 2 })
      }
      if ((options.recipe === undefined) === (options.resume === undefined)) {
        command.error('error: say what to train: either --recipe <recipe> or --resume <run>', { exitCode: 2 })
      }
      return withProject({ terminal, folder: resolve(project) }, async (client) => {
        if (options.allowWaiting === true) await client.request('projects.decideHeldRuns', { start: true })
        const stopWatching = await followSchedule(client, { options, terminal })
        const planned = preset === undefined ? null : await planPreset(client, { options, preset, terminal })
        let crossing: CrossingCount | null = null
        const startAndTell = async (): Promise<RunSummary> => {
          for (const line of await cutOffSentences(client)) terminal.log(line)
          const started = await startOrResume(client, options)
          for (const line of await lockSentence(client, started)) terminal.log(line)
          crossing = await countCrossing(client)
          // Before the hours that it takes: its figures will come out too good.
          for (const line of crossingSentence(crossing)) terminal.log(line)
          return client.waitForRun(started)
        }
        const run = await startAndTell().finally(stopWatching)
        refuseUnlessEndedWell(run)
        const { id, step, seconds, stepsPerSecond, engine, lastMetrics, status } = run
        const verdict = findRecipe(run.recipe).trains ? await judge(client, run) : null
        const told = {
          ...{ run: id, ...planned, steps: step, seconds, stepsPerSecond, engine, lastMetrics, status, verdict },
          crossing,
        }
        terminal.result(told, [
          findRecipe(run.recipe).trains
            ? `Run ${id} ${status} at step ${step} after ${seconds.toFixed(1)} s (${(stepsPerSecond ?? 0).toFixed(2)} steps/s, ${engine})`
            : `Run ${id} ${status}: it composes without training. Generate samples from it.`,
          ...(verdict === null ? [] : describeVerdict(verdict)),
        ])
      })
    })
}

/** Said once, by the run whose start does it. */
async function lockSentence(client: LocalClient, { id }: RunSummary): Promise<readonly string[]> {
  const { split, classes } = await client.request('dataset.summary', {})
  if (split.lockedByRun !== id) return []
  const [train, val, test] = Split.options.map((side) => classes.reduce((sum, { splits }) => sum + splits[side], 0))
  return [
    `Run ${id} is the first to learn, so the splits are locked from now on: train ${train ?? 0}, validation ${val ?? 0}, test ${test ?? 0}.`,
  ]
}

async function judge(client: LocalClient, { id }: RunSummary): Promise<RunVerdict> {
  const [details, metrics] = [
    await client.request('runs.show', { runId: id }),
    await client.request('runs.metrics', { runId: id }),
  ]
  return judgeRun(metrics, details)
}

interface PlannedPreset {
  readonly preset: RunPreset
  /** Null where this machine could not tell. */
  readonly plannedSteps: number | null
  readonly estimatedMinutes: number | null
}

/** What a preset comes to on this machine, told before it starts. */
async function planPreset(
  client: LocalClient,
  { options, preset, terminal }: { options: TrainOptions; preset: RunPreset; terminal: Terminal },
): Promise<PlannedPreset> {
  const { recipe, whatToTrain } = await askedRun(client, options)
  const { steps, minutes } = lengthOf(recipe, preset)
  const limits = { ...(steps === undefined ? {} : { steps }), ...(minutes === undefined ? {} : { minutes }) }
  const estimate = await client.request('runs.estimate', { recipe, ...whatToTrain, ...limits })
  const forecast = estimate.kind === 'measured' ? estimate : null
  const planned = {
    preset,
    plannedSteps: steps ?? forecast?.steps ?? null,
    estimatedMinutes: forecast === null ? (minutes ?? null) : Math.round((forecast.seconds / 60) * 100) / 100,
  }
  const minutesText =
    planned.estimatedMinutes === null ? 'an unknown time' : `about ${planned.estimatedMinutes} minutes`
  if (forecast !== null && forecast.engines.length > 1)
    terminal.log(`${recipe} on this machine: ${describeSpeeds(forecast.engines)}.`)
  terminal.log(`${recipe}, ${preset}: ${planned.plannedSteps ?? 'some'} steps, ${minutesText} on this machine.`)
  const { size } = (await client.request('projects.current', {})) ?? { size: 0 }
  const unmeasured = unmeasuredQuality({ recipe, size, parameters: whatToTrain.parameters ?? {} })
  if (unmeasured !== null) terminal.log(`What quality that gives was ${notMeasured[unmeasured](size)}.`)
  return planned
}

const notMeasured = {
  size: (size: number) => `not measured at this size (${size} px)`,
  recipe: () => 'not measured for this recipe',
  settings: () => 'not measured with these parameters',
} as const

/** The command line follows its own words, not the window's schedule. Returns the function that ends this. */
async function followSchedule(
  client: LocalClient,
  { options, terminal }: { options: TrainOptions; terminal: Terminal },
): Promise<() => void> {
  const { onlyOnMains = false, hours } = options
  await client.request('schedule.set', {
    onlyOnMains,
    onlyInHours: hours !== undefined,
    hours: hours ?? noSchedule.hours,
  })
  if (!onlyOnMains) return () => undefined
  return watchPowerSource((source) => {
    if (source === 'unknown') {
      terminal.log(
        'This system does not say whether it runs on mains power or on battery: --only-on-mains has no effect.',
      )
    }
    client.service.setPower(source)
  })
}

async function startOrResume(client: LocalClient, options: TrainOptions): Promise<RunSummary> {
  const { preset, steps, minutes, resume } = options
  const limits = { ...(steps === undefined ? {} : { steps }), ...(minutes === undefined ? {} : { minutes }) }
  if (resume !== undefined) {
    const from = options.from === undefined ? {} : { fromStep: options.from }
    return client.request('runs.resume', { runId: resume as RunId, ...from, ...limits })
  }
  const { recipe, whatToTrain } = await askedRun(client, options)
  return client.request('runs.start', {
    recipe,
    ...whatToTrain,
    ...(preset === undefined ? limits : lengthOf(recipe, preset)),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.stopOnPlateau === undefined ? {} : { stopOnPlateau: options.stopOnPlateau }),
  })
}
