import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createImagesClient } from '../../native-worker/service/children/images-client.ts'
import type { ImagesClient } from '../../contract/images.ts'

export const imagesChildEntry = fileURLToPath(new URL('../../native-worker/images/child.ts', import.meta.url))

/** A client of the real images child, run from source; ended when the test is over. */
export function testImagesClient({ entry = imagesChildEntry } = {}): ImagesClient {
  const client = createImagesClient({ node: process.execPath, entry, onLog: (text) => process.stderr.write(text) })
  onTestFinished(() => client.close())
  return client
}
