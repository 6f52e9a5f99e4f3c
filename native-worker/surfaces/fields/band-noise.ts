import type { Sheet } from '../drawing/sheet.ts'
import type { Texture } from '../drawing/texture.ts'
import { spectralTexture } from './spectral-texture.ts'

interface Band {
  /** Cycles per 64th of the edge. */
  readonly frequency: number
  readonly width: number
}

/** Noise whose features are all about as large: blobs, or a labyrinth. Mean 0, deviation 1. */
export function bandNoise(sheet: Sheet, { frequency, width }: Band): Texture {
  return spectralTexture(sheet, (across, down) => {
    const distance = (Math.sqrt(across * across + down * down) - frequency) / width
    return distance * distance > 16 ? 0 : Math.exp(-distance * distance)
  })
}
