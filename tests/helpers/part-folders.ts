import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { drawSurface, drawView, pictureSize, takePicture } from './draw-parts.ts'
import type { SurfaceKind } from './draw-parts.ts'

/** Each class holds some parts, each taken several times: `<folder>/<class>/<class>_<part>_<view>.jpg`. */
export async function drawPartFolders(
  folder: string,
  classes: Readonly<Record<string, { readonly kind: SurfaceKind; readonly parts: number; readonly views: number }>>,
): Promise<void> {
  for (const [name, { kind, parts, views }] of Object.entries(classes)) {
    await mkdir(join(folder, name), { recursive: true })
    const random = RandomStream.fromSeed(4, name)
    for (let part = 0; part < parts; part++) {
      const surface = drawSurface(kind, { seed: name.length, part })
      for (let view = 0; view < views; view++) {
        const pixels = takePicture(surface, drawView(random, { turns: true }))
        const jpeg = await sharp(pixels, { raw: { width: pictureSize, height: pictureSize, channels: 1 } })
          .jpeg({ quality: 70 + 5 * view })
          .toBuffer()
        await writeFile(join(folder, name, `${name}_${part}_${view}.jpg`), jpeg)
      }
    }
  }
}
