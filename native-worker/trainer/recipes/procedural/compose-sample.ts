import type { RandomStream } from '../../../random/random-stream.ts'
import { blendGradients } from '../../composing/blend-gradients.ts'
import { restoreGrain } from '../../composing/grain.ts'
import { wholeMask, type Mask, type Raster } from '../../composing/raster.ts'
import { sampleCubic } from '../../composing/sample-at.ts'
import { mirrorAtRandom, type Symmetry } from '../../composing/symmetry.ts'
import { smoothField } from '../../composing/smooth-field.ts'

/** Of the image, which the donor's part covers. */
const coveredShare = { least: 0.1, most: 0.5 } as const
/** Pixels of a 64 px image that shape may move, and units of brightness that light may, at strength 1. */
const elasticReach = 2
const lightReach = 0.12
const contrastReach = 0.15

/**
 * One image from two of a class: inside a blob of smooth noise (DRAEM's masks, Zavrtanik et al. 2021) the donor's differences between
 * neighbours replace the base's, so that no seam shows; then both bend and change light together, and what bending took of the grain is
 * given back.
 */
export function composeSample({
  base,
  donor,
  strength,
  symmetry,
  random,
}: {
  readonly base: Raster
  readonly donor: Raster
  /** 0 only blends, 1 is the usual, 2 is strong. */
  readonly strength: number
  readonly symmetry: Symmetry
  readonly random: RandomStream
}): Raster {
  const turned = (image: Raster): Raster => mirrorAtRandom(image, { symmetry, random })
  const ground = turned(base)
  const blended = blendGradients({ background: ground, donor: turned(donor), mask: blobMask(ground, random), gain: 1 })
  if (strength === 0) return blended
  const bent = bend(blended, { strength, random })
  return restoreGrain({ picture: bent, background: blended, mask: wholeMask(bent), random })
}

function bend(
  image: Raster,
  { strength, random }: { readonly strength: number; readonly random: RandomStream },
): Raster {
  const { height, width, channels } = image
  const field = (cells: number): Float32Array => smoothField({ height, width, cells, random })
  const [down, across, light] = [field(3), field(3), field(2)]
  const contrast = 1 + strength * contrastReach * (2 * random.uniform() - 1)
  const reach = (strength * elasticReach * width) / 64
  const values = new Float32Array(image.values.length)
  for (let place = 0; place < height * width; place++) {
    const row = Math.floor(place / width) + reach * (down[place] ?? 0)
    const column = (place % width) + reach * (across[place] ?? 0)
    for (let channel = 0; channel < channels; channel++) {
      const lit = contrast * sampleCubic(image, { row, column, channel }) + strength * lightReach * (light[place] ?? 0)
      values[place * channels + channel] = Math.max(-1, Math.min(1, lit))
    }
  }
  return { ...image, values }
}

/** Smooth noise above the level that leaves as much of the image as was drawn. */
function blobMask({ height, width }: Raster, random: RandomStream): Mask {
  const noise = smoothField({ height, width, cells: 2 + random.integer(3), random })
  const share = coveredShare.least + random.uniform() * (coveredShare.most - coveredShare.least)
  const level = noise.slice().sort()[Math.floor((1 - share) * noise.length)] ?? 0
  return { height, width, values: Uint8Array.from(noise, (value) => (value > level ? 1 : 0)) }
}
