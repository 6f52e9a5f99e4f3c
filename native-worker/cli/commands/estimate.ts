import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import { EngineName as engineNames } from '../../../contract/engines.ts'
import type { RecipeId, RunEstimate, RunForecast } from '../../../contract/training.ts'
import { RecipeId as recipeIds } from '../../../contract/training.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import { askedRun, type RunOptions } from '../asked-run.ts'
import { baseOption } from '../base-option.ts'
import { describeSpeeds } from '../describe-speeds.ts'
import { parameter, positiveNumber, wholeNumber } from '../parse-options.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withProject } from '../with-client.ts'

interface EstimateOptions extends RunOptions {
  readonly recipe: RecipeId
  readonly steps?: number
  readonly minutes?: number
}

export function addEstimateCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('estimate <project>')
    .description(
      'how long a run would take and what memory it needs, from some training steps measured on this machine',
    )
    .addOption(new Option('--recipe <recipe>', 'what to train').choices(recipeIds.options).makeOptionMandatory())
    .option('--class <class>', 'the class to learn, for recipes that learn one')
    .option('--classes <classes...>', 'only these classes, for recipes that learn several')
    .option('--steps <number>', 'how long until this step', wholeNumber)
    .option('--minutes <number>', 'how many steps in this time', positiveNumber)
    .addOption(new Option('--engine <engine>', 'the fastest correct one if left out').choices(engineNames.options))
    .option('--param <name=value>', 'a parameter of the recipe; may be repeated', parameter)
    .addOption(baseOption())
    .option('--json', 'one JSON document on stdout')
    .action((project: string, options: EstimateOptions) => {
      if (findRecipe(options.recipe).trains && options.steps === undefined && options.minutes === undefined) {
        command.error('error: say how long the run shall be: --steps <number> or --minutes <number>', { exitCode: 2 })
      }
      return withProject({ terminal, folder: resolve(project) }, async (client) => {
        const { steps, minutes } = options
        const { recipe, whatToTrain } = await askedRun(client, options)
        const estimate = await client.request('runs.estimate', {
          recipe,
          ...whatToTrain,
          ...(steps === undefined ? {} : { steps }),
          ...(minutes === undefined ? {} : { minutes }),
        })
        terminal.result({ recipe, ...estimate }, describeEstimate(recipe, estimate))
      })
    })
}

function describeEstimate(recipe: RecipeId, estimate: RunEstimate): readonly string[] {
  switch (estimate.kind) {
    case 'measured':
      return describeForecast(recipe, estimate)
    case 'untrained':
      return [`${recipe} composes samples without training: there is nothing to wait for.`]
    case 'slow':
      return [
        `${recipe} on ${estimate.engine}: not one step was over in ${estimate.seconds} s. Choose another engine, a smaller batch or a smaller recipe.`,
      ]
    case 'busy':
      return ['Something else computes now, so a measurement would be wrong. Try again when it is over.']
  }
}

function describeForecast(recipe: RecipeId, forecast: RunForecast): readonly string[] {
  const {
    engine,
    engines,
    stepMs,
    timedSteps,
    steps,
    seconds,
    peakMemoryBytes,
    checkpointBytes,
    measuredAt,
    memory,
    wasBusy,
  } = forecast
  return [
    ...formatTable([
      ['recipe', 'engine', 'step', 'steps', 'training time', 'memory', 'checkpoint'],
      [
        recipe,
        engine,
        `${stepMs.toFixed(1)} ms`,
        String(steps),
        describeTime(seconds),
        describeSize(peakMemoryBytes),
        describeSize(checkpointBytes),
      ],
    ]),
    ...(engines.length < 2 ? [] : [`${recipe} on this machine: ${describeSpeeds(engines)}.`]),
    `Median of ${timedSteps} step${timedSteps === 1 ? '' : 's'}, measured at ${measuredAt}. Pictures, measurements and checkpoints come on top.`,
    ...(wasBusy
      ? [
          'Other programs computed meanwhile: on a quiet machine it is faster. It is measured again when a run starts on one.',
        ]
      : []),
    ...(memory.fits || memory.freeBytes === null
      ? []
      : [
          `It does not fit: ${describeSize(memory.freeBytes)} of memory are free, and a run ends when less than ${describeSize(memory.leastFreeBytes)} are left. Close other programs, or choose a smaller batch.`,
        ]),
  ]
}

function describeTime(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

const describeSize = (bytes: number): string => {
  const megabytes = bytes / 2 ** 20
  return `${megabytes < 10 ? megabytes.toFixed(1) : megabytes.toFixed(0)} MB`
}
