import { dirname } from 'node:path'
import PQueue from 'p-queue'
import { tileSize } from '../../../contract/large-frames.ts'
import type { TilePlace } from '../../../contract/large-frames.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import { imageFile, incomingFolder } from '../../files/project-paths.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import { ContentStore } from '../content-store.ts'
import { openView, prepareFrame } from './prepare-frame.ts'
import type { FrameSource, FrameView } from './prepare-frame.ts'

/** Of their own, so that who looks does not wait for who imports. */
const queue = new PQueue({ concurrency: 2 })

/** The tiles asked for as PNG files in `picturesFolder`, named by their bytes; null for a place outside the frame. */
export async function drawTiles({
  tiles,
  picturesFolder,
  ...source
}: FrameSource & { readonly tiles: readonly TilePlace[]; readonly picturesFolder: string }): Promise<
  readonly (Sha256 | null)[]
> {
  const view = await prepareFrame(source)
  const store = new ContentStore(incomingFolder(dirname(picturesFolder)))
  try {
    const drawn = await Promise.all(
      tiles.map((place) =>
        queue.add(async () => {
          const png = await drawTile(view, place)
          if (png === null) return null
          const sha256 = sha256Of(png)
          await store.add(imageFile(picturesFolder, sha256), png)
          return sha256
        }),
      ),
    )
    await store.commit()
    return drawn
  } catch (thrown) {
    await store.discard()
    throw thrown
  }
}

async function drawTile({ file, levels }: FrameView, { level, column, row }: TilePlace): Promise<Buffer | null> {
  const size = levels[level]
  const left = column * tileSize
  const top = row * tileSize
  if (size === undefined || left >= size.width || top >= size.height) return null
  return openView(file, level)
    .extract({
      left,
      top,
      width: Math.min(tileSize, size.width - left),
      height: Math.min(tileSize, size.height - top),
    })
    .png({ compressionLevel: 1, adaptiveFiltering: false, palette: false })
    .toBuffer()
}
