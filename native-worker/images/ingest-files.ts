import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type PQueue from 'p-queue'
import type { ImagesRequest, IngestedFile } from '../../contract/images.ts'
import { maxDetailLength } from '../../contract/images.ts'
import { FileRefusal } from './file-refusal.ts'
import { imageFile, incomingFolder, originalFile } from '../files/project-paths.ts'
import { sha256Of } from '../files/sha256-of.ts'
import { ContentStore } from './content-store.ts'
import { normalizeImage } from './normalize-image.ts'

/** Larger files hold more pixels than are allowed, whatever their format. */
const maxFileBytes = 1_000_000_000

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
  { size, channels, fit, imagesFolder, originalsFolder }: IngestRequest,
  store: ContentStore,
): Promise<IngestedFile> {
  try {
    const bytes = await readSource(file)
    const { png, sourceWidth, sourceHeight, kind, isPlain } = await normalizeImage(bytes, { size, channels, fit })
    const sha256 = sha256Of(png)
    const sourceSha256 = sha256Of(bytes)
    await store.add(imageFile(imagesFolder, sha256), png)
    if (originalsFolder !== undefined)
      await store.add(originalFile(originalsFolder, { sha256: sourceSha256, kind }), bytes)
    return {
      ok: true,
      sha256,
      sizeBytes: png.length,
      sourceWidth,
      sourceHeight,
      sourceSha256,
      original: { kind, sizeBytes: bytes.length, isPlain },
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

async function readSource(file: string): Promise<Buffer> {
  try {
    const found = await stat(file)
    // A pipe would wait for ever.
    if (!found.isFile())
      throw new FileRefusal({ reason: 'unreadable', detail: 'not a regular file', skipCause: { name: 'not_a_file' } })
    if (found.size > maxFileBytes)
      throw new FileRefusal({
        reason: 'too_many_pixels',
        detail: `a file of ${found.size} bytes`,
        skipCause: { name: 'file_size', bytes: found.size },
      })
    return await readFile(file)
  } catch (thrown) {
    if (thrown instanceof FileRefusal) throw thrown
    throw new FileRefusal(
      {
        reason: 'unreadable',
        detail: (thrown as NodeJS.ErrnoException).code ?? String(thrown),
        skipCause: { name: 'system' },
      },
      { cause: thrown },
    )
  }
}
