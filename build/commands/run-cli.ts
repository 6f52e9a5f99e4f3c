import { ensureBuilt } from '../setup/bundles.ts'
import { runCli } from '../setup/run-cli.ts'
import { runToExit } from '../setup/run-to-exit.ts'

await runToExit(async () => {
  await ensureBuilt()
  return runCli(process.argv.slice(2))
})
