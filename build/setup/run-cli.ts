import { join } from 'node:path'
import { projectRoot } from './project-root.ts'
import { runVisibly } from './run-visibly.ts'

/** The built command line, in the folder where npm was called: relative paths mean what the user typed. */
export const runCli = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> =>
  runVisibly(process.execPath, [join(projectRoot, 'out/main/cli.js'), ...args], {
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    env,
  })
