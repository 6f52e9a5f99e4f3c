import { join } from 'node:path'
import { projectRoot } from '../setup/project-root.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { runVisibly } from '../setup/run-visibly.ts'

await runToExit(() =>
  runVisibly(process.execPath, [join(projectRoot, 'build/checks/architecture-picture.ts'), '--write']),
)
