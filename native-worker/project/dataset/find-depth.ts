import type { DepthChoice } from '../../../contract/grey-depth.ts'
import type { ImagesClient, InspectedFile } from '../../../contract/images.ts'
import { decideDepth } from './decide-depth.ts'
import type { DecidedDepth } from './decide-depth.ts'
import { askOneByOne, isReaderDeath } from './reader-deaths.ts'

const filesAtOnce = 200

/**
 * Looks at every file before the first is imported: the depth of one depends on all. Reads whole only those that are deeper
 * than 8 bits. Throws `compute_died`, and what `signal` is raised with.
 * @param files full paths
 */
export async function findDepth(
  files: readonly string[],
  {
    asked,
    images,
    signal,
  }: { readonly asked: DepthChoice; readonly images: ImagesClient; readonly signal: AbortSignal | undefined },
): Promise<DecidedDepth | null> {
  const inspected: InspectedFile[] = []
  const ask = (batch: readonly string[]): Promise<readonly InspectedFile[]> =>
    images.inspect({ files: [...batch], findLargest: asked === 'auto' })
  for (let start = 0; start < files.length; start += filesAtOnce) {
    signal?.throwIfAborted()
    const batch = files.slice(start, start + filesAtOnce)
    try {
      inspected.push(...(await ask(batch)))
    } catch (thrown) {
      if (!isReaderDeath(thrown)) throw thrown
      inspected.push(...(await askOneByOne(batch, { images, ask: (file) => ask([file]), died: null })))
    }
  }
  return decideDepth(inspected, asked)
}
