import { dirname } from 'node:path'
import type PQueue from 'p-queue'
import type { DerivedItem, DerivedPicture, ImagesRequest } from '../../contract/images.ts'
import { maxDetailLength } from '../../contract/images.ts'
import { imageFile, incomingFolder } from '../files/project-paths.ts'
import { sha256Of } from '../files/sha256-of.ts'
import { ContentStore } from './content-store.ts'
import { FileRefusal } from './file-refusal.ts'
import { readSource } from './read-source.ts'
import { derivePicture } from './derive-picture.ts'

type DeriveRequest = Extract<ImagesRequest, { kind: 'derive' }>

/** Every item answered in its place; the pictures are safely on disk when this returns. Throws where the disk fails. */
export async function derivePictures(request: DeriveRequest, queue: PQueue): Promise<DerivedPicture[]> {
  const store = new ContentStore(incomingFolder(dirname(request.imagesFolder)))
  try {
    const derived = await Promise.all(request.items.map((item) => queue.add(() => deriveOne(item, request, store))))
    await store.commit()
    return derived
  } catch (thrown) {
    await store.discard()
    throw thrown
  }
}

async function deriveOne(
  item: DerivedItem,
  { size, channels, imagesFolder }: DeriveRequest,
  store: ContentStore,
): Promise<DerivedPicture> {
  try {
    const png = await derivePicture(await readOriginal(item), { ...item, size, channels })
    const sha256 = sha256Of(png)
    await store.add(imageFile(imagesFolder, sha256), png)
    return { ok: true, sha256, sizeBytes: png.length }
  } catch (thrown) {
    if (thrown instanceof FileRefusal) return { ok: false, detail: thrown.message.slice(0, maxDetailLength) }
    throw thrown
  }
}

/** Whatever a project says of a file: only the bytes that were imported are taken. Throws `FileRefusal`. */
export async function readOriginal({
  file,
  sourceSha256,
}: Pick<DerivedItem, 'file' | 'sourceSha256'>): Promise<Buffer> {
  const bytes = await readSource(file)
  if (sha256Of(bytes) === sourceSha256) return bytes
  throw new FileRefusal({ reason: 'unreadable', detail: 'is not the file that was imported' })
}
