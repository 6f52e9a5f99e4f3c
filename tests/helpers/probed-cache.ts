import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { appFolders } from '../../native-worker/files/app-folders.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A cache folder of the test's own, which knows the engines of this machine as its real one does, and no measurement of any recipe. */
export function probedCache(): string {
  const real = appFolders().cache
  const own = join(temporaryFolder(), 'cache')
  mkdirSync(own)
  const [engines, probes] = [join(real, 'engines'), join(real, 'engine-probes.json')]
  if (existsSync(engines)) symlinkSync(engines, join(own, 'engines'))
  if (existsSync(probes))
    writeFileSync(join(own, 'engine-probes.json'), readFileSync(probes, 'utf8').replaceAll(real, own))
  return own
}
