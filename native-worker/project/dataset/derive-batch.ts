import type { ImageId } from '../../../contract/ids.ts'
import type { DerivedPicture, ImagesClient } from '../../../contract/images.ts'
import type { Derivation } from '../storage/pictures.ts'

/** An image with the place of its original. */
export type Derivable = Derivation & { readonly file: string }

interface DeriveOptions {
  readonly images: Pick<ImagesClient, 'derive' | 'cutPatches'>
  readonly size: number
  readonly channels: 1 | 3
  /** Where the pictures are stored by content. */
  readonly folder: string
  /** A cache for frames. */
  readonly viewsFolder: string
}

/** The picture of each of these images again. Patches are cut from their frames as they were the first time, each frame read once. */
export async function deriveBatch(
  batch: readonly Derivable[],
  { images, size, channels, folder, viewsFolder }: DeriveOptions,
): Promise<ReadonlyMap<ImageId, DerivedPicture>> {
  const whole = batch.filter(({ isPatch }) => !isPatch)
  const derived = new Map<ImageId, DerivedPicture>()
  const pictures = await images.derive({
    items: whole.map(({ file, sourceSha256, shown: rectangle, grey, page, fit }) => ({
      ...{ file, sourceSha256, rectangle, grey, page, fit },
    })),
    size,
    channels,
    imagesFolder: folder,
  })
  whole.forEach(({ id }, index) => {
    const picture = pictures[index]
    if (picture !== undefined) derived.set(id, picture)
  })
  const frames = new Map<string, Derivable[]>()
  for (const each of batch) if (each.isPatch) frames.set(each.file, [...(frames.get(each.file) ?? []), each])
  for (const [file, patches] of frames) {
    const [first] = patches
    if (first === undefined) continue
    const cut = await images.cutPatches({
      ...{ file, sha256: first.sourceSha256, channels, viewsFolder, size },
      windows: patches.map(({ shown, fit }) => ({ window: shown, fit })),
      picturesFolder: folder,
    })
    patches.forEach(({ id }, index) => {
      const picture = cut.ok ? cut.patches[index] : undefined
      derived.set(
        id,
        picture === undefined ? { ok: false, detail: cut.ok ? '' : cut.detail } : { ok: true, ...picture },
      )
    })
  }
  return derived
}
