import { formatSizes, measurePackage } from '../packaging/measure-package.ts'
import { makePackage } from '../packaging/make-package.ts'
import { smokeTestElsewhere } from '../packaging/smoke-test-elsewhere.ts'
import { resolveRuntime } from '../runtime/resolve-runtime.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { say } from '../setup/say.ts'

/**
 * `npm run package` makes the unpacked app and proves it in a foreign folder; `-- --installers` also makes this system's installers.
 * `--release` refuses any Electron but the declared one.
 */
await runToExit(async () => {
  const flags = new Set(process.argv.slice(2))
  const runtime = await resolveRuntime()
  if (flags.has('--release') && !runtime.isDeclared)
    throw new Error(
      `A release carries the Electron that package.json declares, not ${runtime.version}: connect this machine.`,
    )
  const { name, version, app } = await makePackage(runtime, { installers: flags.has('--installers') })
  say(`${name} ${version}: ${app.executable} (fuses checked)`)
  for (const line of formatSizes(await measurePackage(app))) say(line)
  say('Smoke test in a foreign folder, without Node on the path:')
  for (const line of (await smokeTestElsewhere(app)).split('\n')) say(`  ${line}`)
  return 0
})
