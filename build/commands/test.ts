import { runChecks } from '../checks/run-checks.ts'
import { runPackageTests } from '../checks/run-package-tests.ts'
import { runPlaywright, runVitest } from '../checks/run-tests.ts'
import type { Tally } from '../checks/tally.ts'
import { formatTally, sumTallies } from '../checks/tally.ts'
import { targetOf } from '../runtime/bundle-target.ts'
import { resolveRuntime, runtimeEnvironment } from '../runtime/resolve-runtime.ts'
import { ensureBuilt } from '../setup/bundles.ts'
import { ensureEnginePack } from '../setup/engine-pack.ts'
import { runToExit } from '../setup/run-to-exit.ts'

const parts = ['check', 'unit', 'integration', 'e2e', 'package'] as const
type Part = (typeof parts)[number]
const needsSetup: ReadonlySet<Part> = new Set<Part>(['integration', 'e2e', 'package'])

/** `npm test`, or `npm test -- check|unit|integration|e2e|package [arguments for the test runner]`. */
await runToExit(async () => {
  const [wanted, ...rest] = process.argv.slice(2)
  const chosen = parts.filter((part) => wanted === undefined || part === wanted)
  if (chosen.length === 0) throw new Error(`There is no part "${wanted ?? ''}". Parts: ${parts.join(', ')}.`)

  const env = chosen.some((part) => needsSetup.has(part)) ? await prepare() : process.env
  const tallies: Tally[] = []
  for (const part of chosen) {
    const startedAt = Date.now()
    const tally = await runPart(part, { args: rest, env })
    tallies.push(tally)
    process.stdout.write(`\n${part}: ${formatTally(tally)} (${Math.round((Date.now() - startedAt) / 1000)} s)\n\n`)
  }
  const total = sumTallies(tallies)
  process.stdout.write(`${formatTally(total)}\n`)
  return total.failed === 0 ? 0 : 1
})

/** Everything the tests use is set up first: no test downloads or compiles anything. */
async function prepare(): Promise<NodeJS.ProcessEnv> {
  const runtime = await resolveRuntime()
  await ensureBuilt(targetOf(runtime))
  await ensureEnginePack()
  return { ...process.env, ...runtimeEnvironment(runtime) }
}

function runPart(
  part: Part,
  options: { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv },
): Promise<Tally> {
  switch (part) {
    case 'check':
      return runChecks()
    case 'unit':
    case 'integration':
      return runVitest(part, options)
    case 'e2e':
      return runPlaywright(options)
    case 'package':
      return runPackageTests(options)
  }
}
