import { Command, CommanderError, Help } from 'commander'
import { FlawsmithError, toFailure } from '../../contract/errors.ts'
import { version } from '../service/version.ts'
import { addBackupsCommand } from './commands/backups.ts'
import { addBenchCommand } from './commands/bench.ts'
import { addCropsCommand } from './commands/crops.ts'
import { addChangesCommands } from './commands/changes.ts'
import { addClassesCommand } from './commands/classes.ts'
import { addConflictsCommand } from './commands/conflicts.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addEnginesCommand } from './commands/engines.ts'
import { addEstimateCommand } from './commands/estimate.ts'
import { addEvaluateCommand } from './commands/evaluate.ts'
import { addExportCommand } from './commands/export.ts'
import { addGenerateCommand } from './commands/generate.ts'
import { addGroupsCommand } from './commands/groups.ts'
import { addImagesCommand } from './commands/images.ts'
import { addImportCommand } from './commands/import.ts'
import { addInitCommand } from './commands/init.ts'
import { addMarksCommand } from './commands/marks.ts'
import { addProblemsCommand } from './commands/problems.ts'
import { addRecipesCommand } from './commands/recipes.ts'
import { addReportCommand } from './commands/report.ts'
import { addResizeCommand } from './commands/resize.ts'
import { addReviewCommand } from './commands/review.ts'
import { addRunsCommand } from './commands/runs.ts'
import { addSamplesCommand } from './commands/samples.ts'
import { addScoreCommand } from './commands/score.ts'
import { addSplitsCommand } from './commands/splits.ts'
import { addTrainCommand } from './commands/train.ts'
import { addUpliftCommand } from './commands/uplift.ts'
import { addVerifyCommand } from './commands/verify.ts'
import { Terminal } from './terminal.ts'

const exitCodes = { success: 0, failure: 1, usage: 2 } as const

/** Runs one command. Returns its exit code: 0 done, 1 expected failure (code and message told), 2 usage. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const terminal = new Terminal({ json: argv.includes('--json') })
  const program = new Command('flawsmith')
    .description('Balanced defect classes: import, train, generate, review, export. Everything on this machine.')
    .version(version)
    .exitOverride()
    .configureHelp({
      optionDescription: (option) => `${new Help().optionDescription(option)}${option.mandatory ? ' (required)' : ''}`,
    })
    .configureOutput({
      writeErr: (text) => {
        terminal.logLines(text)
      },
    })
    .showHelpAfterError('(add --help for the options)')
  for (const add of [
    addDoctorCommand,
    addEnginesCommand,
    addInitCommand,
    addImportCommand,
    addConflictsCommand,
    addCropsCommand,
    addImagesCommand,
    addClassesCommand,
    addChangesCommands,
    addProblemsCommand,
    addSplitsCommand,
    addMarksCommand,
    addGroupsCommand,
    addRecipesCommand,
    addEstimateCommand,
    addTrainCommand,
    addRunsCommand,
    addGenerateCommand,
    addSamplesCommand,
    addScoreCommand,
    addEvaluateCommand,
    addResizeCommand,
    addReviewCommand,
    addUpliftCommand,
    addReportCommand,
    addExportCommand,
    addVerifyCommand,
    addBackupsCommand,
    addDemoCommand,
    addBenchCommand,
  ]) {
    add(program, terminal)
  }
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCodes.success
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.success : exitCodes.usage
    terminal.fail(toFailure(thrown))
    if (!(thrown instanceof FlawsmithError))
      terminal.logLines(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))
    return exitCodes.failure
  }
}
