import { gaussianBlur, mirrored } from '../../metrics/gaussian-blur.ts'
import type { RandomStream } from '../../random/random-stream.ts'
import { robustDeviation, standardDeviation } from './deviations.ts'
import type { Mask, Raster } from './raster.ts'

/** Of the blur whose difference to the picture is its grain, pixels. */
const blurDeviation = 1
/** Beyond this many deviations it is no grain but a thing. */
const widestGrain = 2.5

/**
 * Gives back inside the mask what resampling took of the fine grain: as much as the background has and the picture lacks, from the
 * background's own grain, moved by a random shift and mirrored at the edges.
 */
export function restoreGrain({
  picture,
  background,
  mask,
  random,
}: {
  readonly picture: Raster
  readonly background: Raster
  readonly mask: Mask
  readonly random: RandomStream
}): Raster {
  const { height, width, channels } = picture
  const values = picture.values.slice()
  const down = random.integer(height)
  const across = random.integer(width)
  for (let channel = 0; channel < channels; channel++) {
    const wanted = grainOf(background, channel)
    const deviation = robustDeviation(wanted)
    const clipped = wanted.map((value) => Math.max(-widestGrain * deviation, Math.min(widestGrain * deviation, value)))
    const have = robustDeviation(grainOf(picture, channel).filter((_, place) => mask.values[place] === 1))
    const missing = Math.sqrt(Math.max(0, deviation ** 2 - have ** 2))
    const scale = missing / (standardDeviation(clipped) + 1e-6)
    if (scale === 0) continue
    mask.values.forEach((covered, place) => {
      if (covered === 0) return
      const row = mirrored(Math.floor(place / width) + down, height)
      const column = mirrored((place % width) + across, width)
      const at = place * channels + channel
      const grained = (values[at] ?? 0) + scale * (clipped[row * width + column] ?? 0)
      values[at] = Math.max(-1, Math.min(1, grained))
    })
  }
  return { ...picture, values }
}

/** The picture, which is square, less its blur, one channel. */
function grainOf({ height, width, channels, values }: Raster, channel: number): Float32Array {
  const plane = Float32Array.from({ length: height * width }, (_, place) => values[place * channels + channel] ?? 0)
  const blurred = gaussianBlur({ edge: width, values: plane }, blurDeviation).values
  return plane.map((value, place) => value - (blurred[place] ?? 0))
}
