import type { Texture } from '../drawing/texture.ts'
import { shade } from './shade.ts'
import { standardise } from './standardise.ts'

/** A height under a lamp from the side, as brightness: mean 0, deviation 1. */
export const relief = (height: Texture, lamp: { readonly size: number; readonly light: number }): Texture =>
  standardise(shade(height, lamp))
