import { targetOf } from '../runtime/bundle-target.ts'
import { resolveRuntime, runtimeEnvironment } from '../runtime/resolve-runtime.ts'
import { ensureBuilt } from '../setup/bundles.ts'
import { runCli } from '../setup/run-cli.ts'
import { runToExit } from '../setup/run-to-exit.ts'

await runToExit(async () => {
  const args = process.argv.slice(2)
  // Electron prints, and nothing else of the command line needs it.
  if (args.includes('--pdf')) {
    const runtime = await resolveRuntime()
    await ensureBuilt(targetOf(runtime))
    return runCli(args, { ...process.env, ...runtimeEnvironment(runtime) })
  }
  await ensureBuilt()
  return runCli(args)
})
