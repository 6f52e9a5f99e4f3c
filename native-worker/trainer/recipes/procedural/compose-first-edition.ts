import type { RandomStream } from '../../../random/random-stream.ts'
import type { Raster } from '../../composing/raster.ts'

/**
 * One image from two of a class: where smooth noise passes a threshold (DRAEM's masks, Zavrtanik et al. 2021), the donor's
 * texture replaces the base's, levelled to it along the seam; then both bend and change light together.
 */
export function composeFirstEdition({
  base,
  donor,
  strength,
  random,
}: {
  base: Raster
  donor: Raster
  strength: number
  random: RandomStream
}): Float32Array {
  const { height, width, channels } = base
  const mask = blobMask({ height, width, random })
  const turned = { across: random.uniform() < 0.5, down: random.uniform() < 0.5 }
  const bend = smoothField({ height, width, cells: 3, random })
  const lean = smoothField({ height, width, cells: 3, random })
  const light = smoothField({ height, width, cells: 2, random })
  const contrast = 1 + strength * 0.15 * (2 * random.uniform() - 1)
  const reach = strength * 0.06 * width
  const donorOf = (row: number, column: number, channel: number): number =>
    at(donor, {
      row: turned.down ? height - 1 - row : row,
      column: turned.across ? width - 1 - column : column,
      channel,
    })
  const levels = seamLevels({ base, mask, donorOf })

  const made = new Float32Array(base.values.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const place = row * width + column
      const sourceRow = row + reach * (bend[place] ?? 0)
      const sourceColumn = column + reach * (lean[place] ?? 0)
      const share = sample(mask, { height, width, row: sourceRow, column: sourceColumn })
      for (let channel = 0; channel < channels; channel++) {
        const own = at(base, { row: sourceRow, column: sourceColumn, channel })
        const foreign = donorOf(sourceRow, sourceColumn, channel) + (levels[channel] ?? 0)
        const blended = own + share * (foreign - own)
        const lit = contrast * blended + strength * 0.12 * (light[place] ?? 0)
        made[place * channels + channel] = Math.max(-1, Math.min(1, lit))
      }
    }
  }
  return made
}

/** What to add to the donor so that both meet at the seam, where the mask is half open. */
function seamLevels({
  base,
  mask,
  donorOf,
}: {
  base: Raster
  mask: Float32Array
  donorOf: (row: number, column: number, channel: number) => number
}): readonly number[] {
  const { height, width, channels } = base
  return Array.from({ length: channels }, (_, channel) => {
    let difference = 0
    let weights = 0
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const share = mask[row * width + column] ?? 0
        const weight = share * (1 - share)
        difference += weight * (at(base, { row, column, channel }) - donorOf(row, column, channel))
        weights += weight
      }
    }
    return weights === 0 ? 0 : difference / weights
  })
}

/** A soft blob over a third of the image or so: noise above a threshold, sharpened. */
function blobMask({ height, width, random }: { height: number; width: number; random: RandomStream }): Float32Array {
  const noise = smoothField({ height, width, cells: 2 + random.integer(3), random })
  return noise.map((value) => 1 / (1 + Math.exp(-12 * (value - 0.15))))
}

/** Values of about -1 to 1 that change smoothly: random numbers on a coarse grid, eased between. */
function smoothField({
  height,
  width,
  cells,
  random,
}: {
  height: number
  width: number
  cells: number
  random: RandomStream
}): Float32Array {
  const edge = cells + 1
  const grid = Float32Array.from({ length: edge * edge }, () => 2 * random.uniform() - 1)
  const ease = (t: number): number => t * t * (3 - 2 * t)
  return Float32Array.from({ length: height * width }, (_, place) => {
    const y = (Math.floor(place / width) / height) * cells
    const x = ((place % width) / width) * cells
    return sample(grid, {
      height: edge,
      width: edge,
      row: Math.floor(y) + ease(y % 1),
      column: Math.floor(x) + ease(x % 1),
    })
  })
}

const at = (
  { height, width, channels, values }: Raster,
  { row, column, channel }: { row: number; column: number; channel: number },
): number => sample(values, { height, width, row, column, channels, channel })

/** Bilinear, clamped at the edges. */
function sample(
  values: Float32Array,
  {
    height,
    width,
    row,
    column,
    channels = 1,
    channel = 0,
  }: { height: number; width: number; row: number; column: number; channels?: number; channel?: number },
): number {
  const y = Math.max(0, Math.min(height - 1, row))
  const x = Math.max(0, Math.min(width - 1, column))
  const [top, left] = [Math.floor(y), Math.floor(x)]
  const [bottom, right] = [Math.min(height - 1, top + 1), Math.min(width - 1, left + 1)]
  const value = (line: number, place: number): number => values[(line * width + place) * channels + channel] ?? 0
  const upper = value(top, left) + (x - left) * (value(top, right) - value(top, left))
  const lower = value(bottom, left) + (x - left) * (value(bottom, right) - value(bottom, left))
  return upper + (y - top) * (lower - upper)
}
