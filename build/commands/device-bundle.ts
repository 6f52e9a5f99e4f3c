import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDeviceBundle } from '../device/make-device-bundle.ts'
import { projectRoot } from '../setup/project-root.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { say } from '../setup/say.ts'

/** `npm run device-bundle`: all that tests/device/check.sh needs on a Linux x64 machine with a card and no network. */
await runToExit(async () => {
  const folder = join(projectRoot, 'device-bundle')
  const archive = await makeDeviceBundle(folder)
  const { size } = await stat(archive)
  say(`${archive}: ${(size / 2 ** 20).toFixed(1)} MiB. Carry ${folder} and run: bash check.sh`)
  return 0
})
