import { writeFile } from 'node:fs/promises'
import type PQueue from 'p-queue'
import type { DerivedPicture, ImagesRequest, RenderedItem } from '../../contract/images.ts'
import { maxDetailLength } from '../../contract/images.ts'
import { hashFile } from '../files/hash-file.ts'
import { resolveInside } from '../files/resolve-inside.ts'
import { sha256Of } from '../files/sha256-of.ts'
import { readOriginal } from './derive-pictures.ts'
import { derivePicture } from './derive-picture.ts'
import { FileRefusal } from './file-refusal.ts'
import { openForCutting } from './frames/cut-patches.ts'
import { encodePicture } from './normalize-image.ts'

type RenderRequest = Extract<ImagesRequest, { kind: 'render' }>

/** Every item answered in its place, each frame read once. Throws where the disk fails. */
export async function renderPictures(request: RenderRequest, queue: PQueue): Promise<DerivedPicture[]> {
  const { items, channels } = request
  const frames = new Map<string, Promise<(item: RenderedItem) => Promise<Buffer>>>()
  const cutterOf = (item: RenderedItem): Promise<(item: RenderedItem) => Promise<Buffer>> => {
    const known = frames.get(item.file) ?? openFrameOf(item, request)
    frames.set(item.file, known)
    return known
  }
  return Promise.all(
    items.map((item) =>
      queue.add(async (): Promise<DerivedPicture> => {
        try {
          const png = item.isPatch
            ? await (
                await cutterOf(item)
              )(item)
            : await derivePicture(await readOriginal(item), { ...item, size: null, channels })
          await writeFile(resolveInside(request.folder, item.path), png, { flag: 'wx' })
          return { ok: true, sha256: sha256Of(png), sizeBytes: png.length }
        } catch (thrown) {
          if (thrown instanceof FileRefusal) return { ok: false, detail: thrown.message.slice(0, maxDetailLength) }
          throw thrown
        }
      }),
    ),
  )
}

/** Opens the frame of a patch, once for all of its patches. Throws `FileRefusal`. */
async function openFrameOf(
  { file, sourceSha256 }: RenderedItem,
  { channels, viewsFolder }: RenderRequest,
): Promise<(item: RenderedItem) => Promise<Buffer>> {
  if ((await hashFile(file)) !== sourceSha256)
    throw new FileRefusal({ reason: 'unreadable', detail: 'is not the file that was imported' })
  const { open } = await openForCutting({ file, sha256: sourceSha256, channels, viewsFolder })
  return ({ rectangle: { x: left, y: top, width, height } }) =>
    encodePicture(open().extract({ left, top, width, height }), channels)
}
