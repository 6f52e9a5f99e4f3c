import type { Channels } from '../../../contract/project.ts'
import { imageShrinker } from '../../metrics/shrink-image.ts'

/** Square images in memory at the size at which they are judged, class by class. */
export interface ImageSet {
  /** uint8, [count, size, size, channels] */
  readonly pixels: Uint8Array
  readonly size: number
  readonly channels: Channels
  /** Images of every class, in the order of the pixels. */
  readonly counts: readonly number[]
}

export const imageLengthOf = ({ size, channels }: Pick<ImageSet, 'size' | 'channels'>): number => size * size * channels

/** Class index of every image. */
export const labelsOf = ({ counts }: ImageSet): readonly number[] =>
  counts.flatMap((images, label) => Array.from({ length: images }, () => label))

/** Index of the first image of every class. */
export const firstsOf = ({ counts }: ImageSet): readonly number[] => {
  let first = 0
  return counts.map((images) => {
    const own = first
    first += images
    return own
  })
}

/** The pixels of one image; no copy. */
export function imageAt(set: ImageSet, index: number): Uint8Array {
  const length = imageLengthOf(set)
  return set.pixels.subarray(index * length, (index + 1) * length)
}

/** Every image made smaller, each new pixel the mean of what it covers; a set of that size or smaller stays as it is. */
export function shrinkSet(set: ImageSet, size: number): ImageSet {
  if (set.size <= size) return set
  const { channels, counts } = set
  const images = counts.reduce((sum, count) => sum + count, 0)
  const pixels = new Uint8Array(images * size * size * channels)
  const shrink = imageShrinker({ from: set.size, to: size, channels })
  for (let image = 0; image < images; image++) pixels.set(shrink(imageAt(set, image)), image * size * size * channels)
  return { pixels, size, channels, counts }
}
