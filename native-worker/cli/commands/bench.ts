import type { Command } from 'commander'
import { Option } from 'commander'
import type { EngineName } from '../../../contract/engines.ts'
import { EngineName as engineNames } from '../../../contract/engines.ts'
import type { ParameterValues, RecipeId } from '../../../contract/training.ts'
import { RecipeId as recipeIds } from '../../../contract/training.ts'
import { median } from '../../service/runs/median.ts'
import { withClient } from '../with-client.ts'
import { parameter, wholeNumber } from '../parse-options.ts'
import type { Terminal } from '../terminal.ts'

interface BenchOptions {
  readonly recipe: RecipeId
  readonly batch: number
  readonly steps: number
  readonly size?: number
  readonly channels?: '1' | '3'
  readonly engine?: EngineName
  readonly param?: ParameterValues
}

export function addBenchCommand(program: Command, terminal: Terminal): void {
  const bench = program.command('bench').description('measure speed on this machine')
  bench
    .command('engine')
    .description('time full training steps of a recipe on an engine, without a project')
    .addOption(new Option('--recipe <recipe>', 'what to time').choices(recipeIds.options).makeOptionMandatory())
    .option('--batch <number>', 'images a step', wholeNumber, 16)
    .option('--steps <number>', 'timed steps', wholeNumber, 12)
    .option('--size <pixels>', 'edge length; the recipe’s own if left out', wholeNumber)
    .addOption(new Option('--channels <number>', '1 grey, 3 colour; the recipe’s own if left out').choices(['1', '3']))
    .addOption(new Option('--engine <engine>', 'the fastest correct one if left out').choices(engineNames.options))
    .option('--param <name=value>', 'a parameter of the recipe; may be repeated', parameter)
    .option('--json', 'one JSON document on stdout')
    .action(({ recipe, batch, steps, size, channels, engine, param }: BenchOptions) =>
      withClient(terminal, async (client) => {
        const { engine: used, stepMs } = await client.service.benchEngine({
          recipe,
          batch,
          steps,
          size: size ?? null,
          channels: channels === undefined ? null : channels === '1' ? 1 : 3,
          engine,
          parameters: param ?? {},
        })
        const medianMs = Math.round(median(stepMs) * 10) / 10
        terminal.result({ recipe, batch, engine: used, medianMs }, [
          `${recipe} batch ${batch} on ${used}: ${medianMs} ms a step`,
        ])
      }),
    )
}
