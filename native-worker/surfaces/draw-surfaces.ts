import { drawPicture } from './draw-picture.ts'
import { makeFamily } from './family.ts'

export interface SurfacesRequest {
  readonly families: number
  readonly perFamily: number
  /** Pixels per edge: 16 to 256. */
  readonly size: number
  readonly channels: 1 | 3
  readonly seed: number
}

/** The pictures of one family. */
export interface FamilyPictures {
  readonly name: string
  /** [perFamily, size, size, channels] */
  readonly pixels: Uint8Array
  /** Where the defects are, 0 … 1; [perFamily, size, size] */
  readonly masks: Float32Array
}

/**
 * Surfaces with defects, drawn from a seed, family by family; equal requests give equal bytes. No picture of anybody's is in them.
 * @throws RangeError for a size that is not a whole number of 16 … 256 pixels
 */
export function* drawSurfaces({
  families,
  perFamily,
  size,
  channels,
  seed,
}: SurfacesRequest): Generator<FamilyPictures> {
  const area = size * size
  for (let number = 0; number < families; number++) {
    const family = makeFamily(seed, number)
    const pixels = new Uint8Array(perFamily * area * channels)
    const masks = new Float32Array(perFamily * area)
    for (let index = 0; index < perFamily; index++) {
      const picture = drawPicture(family, { index, size, channels })
      pixels.set(picture.pixels, index * area * channels)
      masks.set(picture.mask, index * area)
    }
    yield { name: family.name, pixels, masks }
  }
}
