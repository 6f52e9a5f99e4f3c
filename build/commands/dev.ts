import { join } from 'node:path'
import { resolveRuntime, runtimeEnvironment } from '../runtime/resolve-runtime.ts'
import { projectRoot } from '../setup/project-root.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { runVisibly } from '../setup/run-visibly.ts'
import { onScreen, sandboxFlags } from '../setup/screen.ts'

await runToExit(async () => {
  const runtime = await resolveRuntime()
  const bundler = join(projectRoot, 'node_modules/electron-vite/bin/electron-vite.js')
  const noSandbox = sandboxFlags().length > 0 ? ['--noSandbox'] : []
  const [command, ...args] = onScreen([
    process.execPath,
    bundler,
    'dev',
    '--watch',
    ...noSandbox,
    ...process.argv.slice(2),
  ])
  return runVisibly(command, args, { cwd: projectRoot, env: { ...process.env, ...runtimeEnvironment(runtime) } })
})
