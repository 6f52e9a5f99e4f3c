import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { targetOf } from '../runtime/bundle-target.ts'
import { resolveRuntime, runtimeEnvironment } from '../runtime/resolve-runtime.ts'
import { ensureSystemPackages } from '../runtime/system-libraries.ts'
import { ensureBuilt } from '../setup/bundles.ts'
import { ensureEnginePack } from '../setup/engine-pack.ts'
import { projectRoot } from '../setup/project-root.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { runVisibly } from '../setup/run-visibly.ts'
import { say } from '../setup/say.ts'
import { onScreen } from '../setup/screen.ts'

/** `npm run bench -- [part of a name …] [number …]`: each file prints one JSON line per figure on stdout; numbers are its sizes. */
await runToExit(async () => {
  const given = process.argv.slice(2)
  const sizes = given.filter((word) => /^\d+$/.test(word))
  const wanted = given.filter((word) => !sizes.includes(word))
  const folder = join(projectRoot, 'tests/bench')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.bench.ts')).sort()
  const chosen = files.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  if (chosen.length === 0)
    throw new Error(`No benchmark is named like ${wanted.join(', ')}. There are: ${files.join(', ') || 'none'}.`)

  await ensureSystemPackages(['imagemagick'])
  const runtime = await resolveRuntime()
  await ensureBuilt(targetOf(runtime))
  await ensureEnginePack()
  const env = { ...process.env, ...runtimeEnvironment(runtime) }
  let worst = 0
  for (const name of chosen) {
    say(`— ${name}`)
    const [command, ...args] = onScreen([process.execPath, join(folder, name), ...sizes])
    worst = Math.max(worst, await runVisibly(command, args, { cwd: projectRoot, env }))
  }
  return worst
})
