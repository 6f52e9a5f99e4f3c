import { dirname } from 'node:path'
import type PQueue from 'p-queue'
import type { ImagesRequest, IngestedFile } from '../../contract/images.ts'
import { maxDetailLength } from '../../contract/images.ts'
import { FileRefusal } from './file-refusal.ts'
import { imageFile, incomingFolder, originalFile } from '../files/project-paths.ts'
import { sha256Of } from '../files/sha256-of.ts'
import { ContentStore } from './content-store.ts'
import { normalizeImage } from './normalize-image.ts'
import { readSource } from './read-source.ts'
import { saysSynthetic } from './says-synthetic.ts'

type IngestRequest = Extract<ImagesRequest, { kind: 'ingest' }>

/** Every file answered in its place; all accepted ones are safely on disk when this returns. Throws where the disk fails. */
export async function ingestFiles(request: IngestRequest, queue: PQueue): Promise<IngestedFile[]> {
  const store = new ContentStore(incomingFolder(dirname(request.imagesFolder)))
  try {
    const ingested = await Promise.all(request.files.map((file) => queue.add(() => ingestFile(file, request, store))))
    await store.commit()
    return ingested
  } catch (thrown) {
    await store.discard()
    throw thrown
  }
}

async function ingestFile(
  file: string,
  { size, channels, fit, depth, imagesFolder, originalsFolder }: IngestRequest,
  store: ContentStore,
): Promise<IngestedFile> {
  try {
    const bytes = await readSource(file)
    if (saysSynthetic(bytes))
      throw new FileRefusal({
        reason: 'synthetic',
        detail: 'drawn by Flawsmith, as the file itself says',
        skipCause: { name: 'says_synthetic' },
      })
    const { png, kind, isPlain, ...shown } = await normalizeImage(bytes, { size, channels, fit, depth })
    const sha256 = sha256Of(png)
    const sourceSha256 = sha256Of(bytes)
    await store.add(imageFile(imagesFolder, sha256), png)
    if (originalsFolder !== undefined)
      await store.add(originalFile(originalsFolder, { sha256: sourceSha256, kind }), bytes)
    return {
      ok: true,
      sha256,
      sizeBytes: png.length,
      sourceSha256,
      original: { kind, sizeBytes: bytes.length, isPlain },
      ...shown,
    }
  } catch (thrown) {
    if (thrown instanceof FileRefusal)
      return {
        ok: false,
        reason: thrown.reason,
        detail: thrown.message.slice(0, maxDetailLength),
        ...(thrown.skipCause === undefined ? {} : { cause: thrown.skipCause }),
      }
    throw thrown
  }
}
