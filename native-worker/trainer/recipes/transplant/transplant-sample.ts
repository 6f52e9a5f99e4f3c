import type { RandomStream } from '../../../random/random-stream.ts'
import { blendGradients } from '../../composing/blend-gradients.ts'
import { standardDeviation } from '../../composing/deviations.ts'
import { restoreGrain } from '../../composing/grain.ts'
import type { Mask, Raster } from '../../composing/raster.ts'
import { mirrorAtRandom, type Symmetry } from '../../composing/symmetry.ts'
import { differenceInside, type Donor } from './donor.ts'
import { isWorthShowing, moveDefect } from './move-defect.ts'

export interface TransplantedSample {
  readonly image: Raster
  /** Where the defect is now. */
  readonly mask: Mask
  /** How much it stands out, as a share of how much it does on the image it comes from. */
  readonly visibility: number
}

/** Of the donor's own contrast: below, another try is made. */
const leastVisibility = 0.6
const mostTries = 6
/** Of the donor's differences: as the backgrounds' contrasts are to each other, within these bounds. */
const gainBounds = { low: 0.75, high: 1.33 } as const
/** Natural logarithm of a random factor on it. */
const gainSpread = 0.2

/**
 * A marked defect of a real image on a real image of a good part. The background is never resampled: outside the mask it is the
 * photograph. The most visible of at most six tries where none is visible enough.
 */
export function transplantSample({
  donors,
  backgrounds,
  symmetry,
  random,
}: {
  readonly donors: readonly Donor[]
  readonly backgrounds: readonly Raster[]
  readonly symmetry: Symmetry
  readonly random: RandomStream
}): TransplantedSample {
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[random.integer(items.length)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }
  const background = mirrorAtRandom(pick(backgrounds), { symmetry, random })
  let best: TransplantedSample | null = null
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const donor = pick(donors)
    const moved = moveDefect(donor, { symmetry, random })
    const contrast = standardDeviation(background.values) / (standardDeviation(donor.image.values) + 1e-3)
    const level = Math.max(gainBounds.low, Math.min(gainBounds.high, contrast))
    const gain = level * Math.exp((2 * random.uniform() - 1) * gainSpread)
    const image = blendGradients({ background, donor: moved.image, mask: moved.mask, gain })
    const shown = isWorthShowing(moved) ? differenceInside({ picture: image, other: background, mask: moved.mask }) : 0
    const visibility = shown / (donor.contrast + 1e-6)
    if (best === null || visibility > best.visibility) best = { image, mask: moved.mask, visibility }
    if (visibility >= leastVisibility) break
  }
  if (best === null) throw new Error('no try was made')
  return { ...best, image: restoreGrain({ picture: best.image, background, mask: best.mask, random }) }
}
