import type { ParameterValues } from '../../../contract/training.ts'
import type { RandomStream } from '../../random/random-stream.ts'
import { mirror, type Raster } from './raster.ts'

export interface Symmetry {
  /** Parts mirrored left to right are valid. */
  readonly across: boolean
  /** Parts mirrored top to bottom are valid. */
  readonly down: boolean
}

/** What the engineer says of the parts, by `flipParameters`. */
export const symmetryOf = (parameters: ParameterValues): Symmetry => ({
  across: parameters['flipHorizontal'] === true,
  down: parameters['flipVertical'] === true,
})

/** In each direction that is valid every other time. */
export const drawMirroring = ({ across, down }: Symmetry, random: RandomStream): Symmetry => ({
  across: across && random.uniform() < 0.5,
  down: down && random.uniform() < 0.5,
})

export const mirrorAtRandom = (
  raster: Raster,
  { symmetry, random }: { readonly symmetry: Symmetry; readonly random: RandomStream },
): Raster => mirror(raster, drawMirroring(symmetry, random))
