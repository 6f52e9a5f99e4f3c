import type PQueue from 'p-queue'
import type { ImagesRequest, InspectedFile } from '../../contract/images.ts'
import { FileRefusal } from './file-refusal.ts'
import { largestSample } from './narrow-samples.ts'
import { openSource } from './open-source.ts'
import { readDeepSamples } from './read-deep-samples.ts'
import { readHead, readSource } from './read-source.ts'
import { sniffFormat } from './sniff-format.ts'

type InspectRequest = Extract<ImagesRequest, { kind: 'inspect' }>

/** Enough to tell the format and, of PNG files, the depth. */
const headBytes = 32
const pngDepthAt = 24

export const inspectFiles = ({ files, findLargest }: InspectRequest, queue: PQueue): Promise<InspectedFile[]> =>
  Promise.all(files.map((file) => queue.add(() => inspectFile(file, findLargest))))

async function inspectFile(file: string, findLargest: boolean): Promise<InspectedFile> {
  if (!mayBeDeep(file)) return null
  try {
    const source = await openSource(await readSource(file))
    if (source.deep === null) return null
    const { containerBits, declaredBits } = source.deep
    const isWanted = findLargest && declaredBits === null
    const largest = isWanted ? largestSample(await readDeepSamples(source, source.deep)) : null
    return { containerBits, declaredBits, largest }
  } catch (thrown) {
    // Whoever imports the file hears why.
    if (thrown instanceof FileRefusal) return null
    throw thrown
  }
}

/** Most files need not be read for it. */
function mayBeDeep(file: string): boolean {
  const head = readHead(file, headBytes)
  const format = head === null ? null : sniffFormat(head)
  return format === 'tiff' || (format === 'png' && head?.[pngDepthAt] === 16)
}
