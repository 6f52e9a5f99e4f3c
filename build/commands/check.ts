import { runChecks } from '../checks/run-checks.ts'
import { runToExit } from '../setup/run-to-exit.ts'

await runToExit(async () => {
  const { failed } = await runChecks()
  return failed === 0 ? 0 : 1
})
