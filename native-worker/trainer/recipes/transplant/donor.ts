import { blendGradients } from '../../composing/blend-gradients.ts'
import { quantile } from '../../../metrics/order-statistics.ts'
import { boundsOf, coveredPixels, type Box, type Mask, type Raster } from '../../composing/raster.ts'

/** A real image of a class and where its defect is. */
export interface Donor {
  readonly image: Raster
  readonly mark: Mask
  readonly box: Box
  /** How much the defect stands out: the 90 % quantile of its difference from the surface that would be there without it. */
  readonly contrast: number
}

/** Smaller marks hold nothing to see, larger ones leave no surface to hold on to. */
const smallestMark = 5
const largestShare = 0.55

/** Null where the mark is too small or too large to be moved. */
export function prepareDonor(image: Raster, mark: Mask): Donor | null {
  const box = boundsOf(mark)
  const covered = coveredPixels(mark)
  if (box === null || covered < smallestMark || covered > largestShare * mark.values.length) return null
  const flat = { ...image, values: new Float32Array(image.values.length) }
  // Without any differences inside, the mark is filled as a membrane is stretched over its rim.
  const without = blendGradients({ background: image, donor: flat, mask: mark, gain: 0 })
  return { image, mark, box, contrast: differenceInside({ picture: image, other: without, mask: mark }) }
}

/** 90 % quantile over the mask of the largest difference of a channel; 0 for an empty one. */
export function differenceInside({
  picture,
  other,
  mask,
}: {
  readonly picture: Raster
  readonly other: Raster
  readonly mask: Mask
}): number {
  const { channels } = picture
  const differences: number[] = []
  mask.values.forEach((covered, place) => {
    if (covered === 0) return
    let largest = 0
    for (let channel = 0; channel < channels; channel++) {
      const at = place * channels + channel
      largest = Math.max(largest, Math.abs((picture.values[at] ?? 0) - (other.values[at] ?? 0)))
    }
    differences.push(largest)
  })
  return differences.length === 0 ? 0 : quantile(Float32Array.from(differences), 0.9)
}
