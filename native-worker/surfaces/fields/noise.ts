import type { Sheet } from '../drawing/sheet.ts'
import type { Texture } from '../drawing/texture.ts'
import { spectralTexture } from './spectral-texture.ts'

interface NoiseShape {
  /** 0 is grain, 1 clouds, 2 hills: the strength falls with the frequency to this power. */
  readonly slope: number
  /** How many times as long as wide its features are, along `angle` (radians). */
  readonly stretch?: number
  readonly angle?: number
  /** Frequencies above this (cycles per 64th of the edge) fade: .5 is one pixel of a picture of 64. */
  readonly cut?: number
}

/** Mean 0, deviation 1. */
export function noise(sheet: Sheet, { slope, stretch = 1, angle = 0, cut = 1 }: NoiseShape): Texture {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return spectralTexture(sheet, (across, down) => {
    const along = (across * cos + down * sin) * stretch
    const aside = down * cos - across * sin
    const square = along * along + aside * aside
    const fade = square / (cut * cut)
    return fade > 16 ? 0 : Math.max(square, 1 / 4096) ** (-slope / 2) * Math.exp(-fade)
  })
}
