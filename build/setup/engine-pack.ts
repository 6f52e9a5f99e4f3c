import { join } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'
import { findTensorflowPack } from '../../native-worker/trainer/engines/tensorflow/installation/find-tensorflow-pack.ts'
import { installTensorflowPack } from '../../native-worker/trainer/engines/tensorflow/installation/install-tensorflow-pack.ts'
import { packBlockers } from '../../native-worker/trainer/engines/tensorflow/installation/pack-blockers.ts'
import { wheel } from '../../native-worker/trainer/engines/tensorflow/installation/tensorflow-pack.ts'
import { appFolders } from '../../native-worker/files/app-folders.ts'
import { forgetFailure, recentFailure, rememberFailure } from './failure-note.ts'
import { say } from './say.ts'

/** Installs the native engine where that is possible, or says in one line why it is skipped: the app runs without it. */
export async function ensureEnginePack(): Promise<void> {
  const { cache } = appFolders()
  if ((await findTensorflowPack(cache)).kind === 'found') return

  const note = join(cache, 'engines', 'tensorflow-install-failed.json')
  const obstacle = (await packBlockers(cache)) ?? (await recentFailure(note, wheel.requirement))
  if (obstacle !== null) {
    say(`Native engine skipped (training uses wasm): ${obstacle}`)
    return
  }
  try {
    const { folder } = await installTensorflowPack({
      cacheFolder: cache,
      onLine: say,
      signal: new AbortController().signal,
    })
    await forgetFailure(note)
    say(`Native engine installed in ${folder}.`)
  } catch (thrown) {
    if (!(thrown instanceof FlawsmithError)) throw thrown
    await rememberFailure(note, { what: wheel.requirement, reason: thrown.message })
    say(`Native engine skipped (training uses wasm): ${thrown.message}`)
  }
}
