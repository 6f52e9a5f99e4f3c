import type { EngineName } from '../../../contract/engines.ts'
import { findTensorflowPack } from '../../../native-worker/trainer/engines/tensorflow/installation/find-tensorflow-pack.ts'
import { appFolders } from '../../../native-worker/files/app-folders.ts'

export const testCacheFolder = appFolders().cache

/** WebAssembly always, the native engine where its pack is installed. */
export const enginesToTest: readonly EngineName[] =
  (await findTensorflowPack(testCacheFolder)).kind === 'found' ? ['wasm', 'tensorflow'] : ['wasm']
