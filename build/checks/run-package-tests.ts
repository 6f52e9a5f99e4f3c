import { makePackage } from '../packaging/make-package.ts'
import { resolveRuntime } from '../runtime/resolve-runtime.ts'
import { say } from '../setup/say.ts'
import { runVitest } from './run-tests.ts'
import type { TestOptions } from './run-tests.ts'
import type { Tally } from './tally.ts'

/** Makes the package and tests it from outside; a package that cannot be made is one failure. */
export async function runPackageTests({ args, env }: TestOptions): Promise<Tally> {
  try {
    const made = await makePackage(await resolveRuntime({ quiet: true }), { installers: false })
    return await runVitest('package', { args, env: { ...env, FLAWSMITH_PACKAGE: JSON.stringify(made) } })
  } catch (thrown) {
    say(thrown instanceof Error ? thrown.message : String(thrown))
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
