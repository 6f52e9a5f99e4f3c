import type { Command } from 'commander'
import type { EngineReport, RecipeSpeed } from '../../../contract/engines.ts'
import { describeSpeeds } from '../describe-speeds.ts'
import { withClient } from '../with-client.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

export function addDoctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('what this machine can do: versions, folders, and every engine proved and timed')
    .option('--probe', 'probe the engines again instead of using remembered results')
    .option('--json', 'one JSON document on stdout')
    .action((options: { readonly probe?: true }) =>
      withClient(terminal, async (client) => {
        if (options.probe === true) await client.perform('engines.probe', {})
        const report = await client.request('app.doctor', {})
        terminal.result(report, [
          `Flawsmith ${report.version} · Node ${report.node} · SQLite ${report.sqlite} · sharp ${report.sharp}`,
          `${report.platform} · ${report.cores} cores · ${Math.round(report.memoryBytes / 2 ** 30)} GiB`,
          `data ${report.folders.data}`,
          `cache ${report.folders.cache}`,
          '',
          ...engineTable(report.engines),
          ...report.recipes.map(describeRecipe),
        ])
      }),
    )
}

/** What was measured of recipes: a run takes the first engine, unless it is told another. */
const describeRecipe = ({ recipe, edition, size, channels, batch, engines }: RecipeSpeed): string =>
  `${recipe}${edition === null ? '' : ` ${edition}`}, ${size} px ${channels === 1 ? 'grey' : 'colour'}, batch ${batch}: ${describeSpeeds(engines)}`

export function engineTable(engines: readonly EngineReport[]): readonly string[] {
  return formatTable([
    ['engine', 'state', 'step', 'max error', 'version', ''],
    ...engines.map((engine) => [
      engine.chosen ? `${engine.name} *` : engine.name,
      engine.state,
      engine.stepMs === null ? '–' : `${engine.stepMs.toFixed(1)} ms`,
      engine.maxError === null ? '–' : engine.maxError.toExponential(1),
      engine.version || '–',
      engine.detail,
    ]),
  ])
}
