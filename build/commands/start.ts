import { targetOf } from '../runtime/bundle-target.ts'
import { resolveRuntime, runtimeEnvironment } from '../runtime/resolve-runtime.ts'
import { ensureBuilt } from '../setup/bundles.ts'
import { ensureEnginePack } from '../setup/engine-pack.ts'
import { projectRoot } from '../setup/project-root.ts'
import { runCli } from '../setup/run-cli.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { runVisibly } from '../setup/run-visibly.ts'
import { say } from '../setup/say.ts'
import { hasDisplay, sandboxFlags } from '../setup/screen.ts'

await runToExit(async () => {
  const args = process.argv.slice(2)
  if (!hasDisplay()) {
    await ensureBuilt()
    await ensureEnginePack()
    say('No display: running the whole job on the built-in sample set instead of opening the window.')
    return runCli(['demo', ...args])
  }
  const runtime = await resolveRuntime()
  await ensureBuilt(targetOf(runtime))
  await ensureEnginePack()
  return runVisibly(runtime.electronPath, [projectRoot, ...sandboxFlags(), ...args], {
    env: { ...process.env, ...runtimeEnvironment(runtime) },
  })
})
