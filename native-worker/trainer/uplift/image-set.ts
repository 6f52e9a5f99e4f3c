import type { Channels } from '../../../contract/project.ts'

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
  const shares = sharesOf(set.size, size)
  for (let image = 0; image < images; image++) {
    const target = pixels.subarray(image * size * size * channels, (image + 1) * size * size * channels)
    shrinkImage(imageAt(set, image), { from: set.size, to: size, channels, shares, target })
  }
  return { pixels, size, channels, counts }
}

/** For every new place, which old ones it covers and how much of it each is. */
function sharesOf(
  from: number,
  to: number,
): readonly (readonly { readonly place: number; readonly share: number }[])[] {
  const step = from / to
  return Array.from({ length: to }, (_, place) => {
    const start = place * step
    const end = start + step
    const covered = []
    for (let old = Math.floor(start); old < Math.min(from, Math.ceil(end)); old++) {
      const share = (Math.min(end, old + 1) - Math.max(start, old)) / step
      if (share > 1e-9) covered.push({ place: old, share })
    }
    return covered
  })
}

function shrinkImage(
  source: Uint8Array,
  {
    from,
    to,
    channels,
    shares,
    target,
  }: {
    readonly from: number
    readonly to: number
    readonly channels: number
    readonly shares: ReturnType<typeof sharesOf>
    readonly target: Uint8Array
  },
): void {
  for (let row = 0; row < to; row++)
    for (let column = 0; column < to; column++)
      for (let channel = 0; channel < channels; channel++) {
        let value = 0
        for (const down of shares[row] ?? [])
          for (const across of shares[column] ?? [])
            value += down.share * across.share * (source[(down.place * from + across.place) * channels + channel] ?? 0)
        target[(row * to + column) * channels + channel] = Math.round(value)
      }
}
