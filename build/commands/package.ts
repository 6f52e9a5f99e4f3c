import { dirname, join } from 'node:path'
import { build, Platform } from 'electron-builder'
import { nodePackage } from '../bootstrap/pinned-node.mjs'
import { builderConfig } from '../packaging/builder-config.ts'
import { findComputePackages } from '../packaging/package-folders.ts'
import { findWrongFuses } from '../packaging/fuses.ts'
import { resolveRuntime } from '../runtime/resolve-runtime.ts'
import { ensureBuilt } from '../setup/bundles.ts'
import { projectRoot } from '../setup/project-root.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { say } from '../setup/say.ts'

/** `npm run package` makes the unpacked app; `npm run package -- --installers` also this system's installers. */
await runToExit(async () => {
  const withInstallers = process.argv.includes('--installers')
  const runtime = await resolveRuntime()
  await ensureBuilt()
  const config = builderConfig({
    electronDist: dirname(runtime.electronPath),
    electronVersion: runtime.version,
    computePackages: await findComputePackages(projectRoot),
    nodePackage: join('node_modules', nodePackage),
  })
  const targets = withInstallers ? undefined : Platform.current().createTarget('dir')
  await build({ projectDir: projectRoot, config, ...(targets === undefined ? {} : { targets }) })

  const executable = packagedExecutable()
  const wrong = await findWrongFuses(executable)
  if (wrong.length > 0) throw new Error(`${executable}: these fuses are not set as they should be: ${wrong.join(', ')}`)
  say(`Packaged: ${executable} (fuses checked)`)
  return 0
})

function packagedExecutable(): string {
  const dist = join(projectRoot, 'dist')
  if (process.platform === 'win32') return join(dist, 'win-unpacked', 'flawsmith.exe')
  if (process.platform === 'darwin') return join(dist, 'mac', 'Flawsmith.app')
  return join(dist, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`, 'flawsmith')
}
