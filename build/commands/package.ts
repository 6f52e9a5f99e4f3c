import { makeDeb } from '../packaging/make-deb.ts'
import { makePackage } from '../packaging/make-package.ts'
import { formatSizes, measurePackage } from '../packaging/measure-package.ts'
import { smokeTestElsewhere } from '../packaging/smoke-test-elsewhere.ts'
import { resolveRuntime } from '../runtime/resolve-runtime.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { say } from '../setup/say.ts'

const flags = ['--deb', '--installers', '--release'] as const

/**
 * `npm run package` makes the unpacked app and proves it in a foreign folder; `-- --deb` makes a Debian package of it with dpkg-deb,
 * `-- --installers` this system's installers (connected machines). `--release` refuses any Electron but the declared one.
 */
await runToExit(async () => {
  const given = process.argv.slice(2)
  const unknown = given.find((flag) => !flags.some((known) => known === flag))
  if (unknown !== undefined) throw new Error(`There is no ${unknown}. Known: ${flags.join(', ')}.`)
  const isGiven = (flag: (typeof flags)[number]): boolean => given.includes(flag)

  const runtime = await resolveRuntime()
  if (isGiven('--release') && !runtime.isDeclared)
    throw new Error(
      `A release carries the Electron of package.json, not ${runtime.version}: connect this machine once.`,
    )
  const made = await makePackage(runtime, { installers: isGiven('--installers') })
  say(`${made.name} ${made.version}: ${made.app.executable} (fuses checked)`)
  for (const line of formatSizes(await measurePackage(made.app))) say(line)
  say('Smoke test in a foreign folder, without Node on the path:')
  for (const line of (await smokeTestElsewhere(made.app)).split('\n')) say(`  ${line}`)
  if (isGiven('--deb')) say(`Debian package: ${await makeDeb(made)}`)
  return 0
})
