import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ImagesRequest, PaintedFile, WatchedRequest } from '../../contract/images.ts'
import { syntheticMark } from '../../contract/synthetic-mark.ts'
import { makeFolderInside } from '../files/files-inside.ts'
import { NewFiles } from '../files/new-files.ts'
import { sha256Of } from '../files/sha256-of.ts'
import { imageShrinker } from '../metrics/shrink-image.ts'
import { paintedKinds } from '../surfaces/paint-defect.ts'
import { paintSet, type PaintedSetPicture } from '../surfaces/painted-set.ts'
import { encodeStoredPng } from './encode-stored-png.ts'
import { decodeStored } from './pack-images.ts'

type PaintRequest = Extract<ImagesRequest, { kind: 'paint' }>

/**
 * The painted set that a measurement learns from, as files: the same pictures from the same surfaces, size and seed.
 * @throws FlawsmithError `cancelled`, `image_missing`, `training_set_changed`, `disk_full`
 */
export async function paintPictures(
  request: PaintRequest,
  { signal, onProgress }: WatchedRequest,
): Promise<PaintedFile[]> {
  const { surfaces, className, size, channels, folder, seed, families, perFamily } = request
  const edge = Math.min(size, request.edge)
  const shrink = imageShrinker({ from: size, to: edge, channels })
  const pixels: Uint8Array[] = []
  for (const sha256 of surfaces) {
    signal?.throwIfAborted()
    pixels.push(shrink(await decodeStored({ sha256, className }, request)))
  }
  makeFolderInside(folder, 'masks')
  for (const name of paintedKinds.flatMap((kind) => [kind, `masks/${kind}`])) makeFolderInside(folder, name)
  const at = (index: number): Uint8Array => pixels[index] ?? new Uint8Array()
  const painted = new NewFiles(folder)
  const files: PaintedFile[] = []
  const total = paintedKinds.length * families * perFamily
  for (const picture of paintSet({ count: pixels.length, at, size: edge, channels }, { seed, families, perFamily })) {
    files.push(await writePicture(picture, { painted, edge, channels }))
    if (picture.index > 0) continue
    onProgress?.(files.length, total)
    // The word to stop comes as a message.
    await nextTurn()
    signal?.throwIfAborted()
  }
  return files
}

async function writePicture(
  { kind, family, index, surface, pixels, weights }: PaintedSetPicture,
  { painted, edge, channels }: { readonly painted: NewFiles; readonly edge: number; readonly channels: 1 | 3 },
): Promise<PaintedFile> {
  const name = `${kind}_synthetic_f${numbered(family)}_${numbered(index)}.png`
  const write = async (
    path: string,
    picture: Uint8Array,
    planes: 1 | 3,
  ): Promise<Pick<PaintedFile, 'path' | 'sha256' | 'sizeBytes'>> => {
    const bytes = await encodeStoredPng({ pixels: picture, width: edge, height: edge, channels: planes }, mark)
    painted.write(path, bytes)
    return { path, sha256: sha256Of(bytes), sizeBytes: bytes.length }
  }
  const mask =
    weights === null ? null : Uint8Array.from(weights, (weight) => Math.round(255 * Math.min(1, Math.max(0, weight))))
  return {
    ...(await write(`${kind}/${name}`, pixels, channels)),
    ...{ kind, family, surface },
    mask: mask === null ? null : await write(`masks/${kind}/${name}`, mask, 1),
  }
}

/** Whoever imports it later is told that no camera took it. */
const mark = { keyword: syntheticMark.keyword, value: syntheticMark.textOf('painted') }

const numbered = (value: number): string => String(value).padStart(3, '0')
