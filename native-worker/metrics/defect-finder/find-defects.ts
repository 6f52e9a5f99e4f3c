import type { PixelBox } from './find-regions.ts'
import { findRegions } from './find-regions.ts'
import type { PatchBank } from './patch-bank.ts'
import { scorePicture } from './score-picture.ts'

/** Pixels per edge of the pictures the finder looks at: its windows were chosen for this size. */
export const finderEdge = 64

/**
 * Where a picture looks unlike its own surface and, with a bank, unlike patches without defects; the most conspicuous place first. A
 * proposal, never a label: of compact defects it meets four in five, of cracks and broken edges about half.
 * @param pixels uint8 [64, 64]
 * @param bank null where no class is free of defects
 */
export const findDefects = (pixels: Uint8Array, bank: PatchBank | null): PixelBox[] =>
  findRegions(scorePicture(pixels, { bank, edge: finderEdge }), finderEdge)
